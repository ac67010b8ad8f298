//! HeyGen.

#![allow(deprecated, reason = "the v1 call is answered in forms of its own")]

use heygen_client::types::{AssetUrl, CompleteAssetBatch, CreateAiClipping, CreateVideoFromImage};
use heygen_client::{Client, RetryPolicy};
use loopback::{Response, Server};
use serde_json::json;

use super::{Got, failed, json_of, typed, untyped, value};

fn client(server: &Server) -> Client {
    let builder = Client::builder().retry(RetryPolicy::off()).api_key("k");
    builder.base_url(server.base_url()).build().unwrap()
}

served! {
    fields_of_a_failure_may_be_missing "HEYGEN §9.1" |c| c.get_video().video_id("v") => {
        json_of(200, r#"{"data":{"created_at":1767225600,"id":"v","status":"failed","title":""}}"#)
            => value(json!({"data": {"created_at": 1_767_225_600, "id": "v", "status": "failed", "title": ""}}));
        json_of(200, r#"{"data":{"id":"v","status":"failed","failure_code":null,"failure_message":"no face"}}"#)
            => value(json!({"data": {"id": "v", "status": "failed", "failure_code": null, "failure_message": "no face"}}));
    }
    names_of_a_user_may_be_missing "HEYGEN §9.2" |c| c.get_current_user() => {
        json_of(200, r#"{"data":{"username":"u"}}"#) => value(json!({"data": {"username": "u", "email": null, "first_name": null, "last_name": null}}));
        json_of(200, r#"{"data":{"username":"u","email":null,"first_name":"A","last_name":null}}"#)
            => value(json!({"data": {"username": "u", "email": null, "first_name": "A", "last_name": null}}));
    }
    plans_and_currencies_that_are_new "HEYGEN §9.3" |c| c.get_current_user() => {
        json_of(200, r#"{"data":{"username":"u","billing_type":"barter","subscription":{"plan":"business_max","credits":{"premium_credits":null}}}}"#)
            => value(json!({"data": {"username": "u", "email": null, "first_name": null, "last_name": null, "billing_type": "barter", "subscription": {"plan": "business_max", "credits": {"premium_credits": null}}}}));
    }
    sounds_that_are_new "HEYGEN §9.3" |c| c.search_audio_sounds().query("rain") => {
        json_of(200, r#"{"data":[{"audio_url":"https://files.example/r.mp3","description":"","id":"s","name":"Rain","score":1,"type":"foley"}],"has_more":false,"next_token":null}"#)
            => value(json!({"data": [{"audio_url": "https://files.example/r.mp3", "description": "", "id": "s", "name": "Rain", "score": 1.0, "type": "foley"}], "has_more": false, "next_token": null}));
    }
    a_video_that_waits "HEYGEN §9.4, §7" |c| c.create_video().body(CreateVideoFromImage::new(AssetUrl::new("https://example.com/face.png"))) => {
        json_of(200, r#"{"data":{"video_id":"v","status":"waiting","output_format":"mp4"}}"#)
            => value(json!({"data": {"video_id": "v", "status": "waiting", "output_format": "mp4"}}));
        json_of(200, r#"{"data":{"video_id":"v","status":"queued_twice"}}"#) => value(json!({"data": {"video_id": "v", "status": "queued_twice"}}));
    }
    a_batch_is_accepted "HEYGEN §9.18" |c| c.complete_asset_batch().body(CompleteAssetBatch::new("b")) => {
        json_of(202, r#"{"data":{"batch_id":"b"}}"#) => value(json!({"data": {"batch_id": "b"}}));
    }
    a_clipping_is_accepted "HEYGEN §9.18" |c| c.create_ai_clipping().body(CreateAiClipping::new(AssetUrl::new("https://example.com/v.mp4"))) => {
        json_of(202, r#"{"data":{"id":"j","status":"pending"}}"#) => value(json!({"data": {"id": "j", "status": "pending"}}));
    }
    seconds_and_texts_of_times "HEYGEN §9.7" |c| c.list_webhook_endpoints() => {
        json_of(200, r#"{"data":[{"created_at":"2026-03-01T12:00:00Z","endpoint_id":"e","events":null,"secret":null,"status":"enabled","url":"https://example.com/h"}],"has_more":false}"#)
            => value(json!({"data": [{"created_at": "2026-03-01T12:00:00Z", "endpoint_id": "e", "events": null, "secret": null, "status": "enabled", "url": "https://example.com/h"}], "has_more": false}));
    }
    items_of_batches_are_called_videos "HEYGEN §9.8, §9.22" |c| c.get_video_batch().batch_id("b") => {
        json_of(200, r#"{"data":{"batch_id":"b","counts_by_status":{"completed":1,"odd":2},"created_at":1767225600,"has_more":false,"items":[{"item_index":0,"status":"failed","video_id":null,"error":{"code":"x","detail":{"a":[1]}}}],"next_token":null,"status":"completed","total_items":1}}"#)
            => value(json!({"data": {"batch_id": "b", "counts_by_status": {"completed": 1, "odd": 2}, "created_at": 1_767_225_600, "has_more": false, "items": [{"item_index": 0, "status": "failed", "video_id": null, "error": {"code": "x", "detail": {"a": [1]}}}], "next_token": null, "status": "completed", "total_items": 1}}));
    }
    a_voice_is_complete "HEYGEN §7" |c| c.get_voice().voice_id("v") => {
        json_of(200, r#"{"data":{"voice_id":"v","status":"complete","support_pause":true}}"#) => value(json!({"data": {"voice_id": "v", "status": "complete", "support_pause": true}}));
        json_of(200, r#"{"data":{"voice_id":"v","status":null,"support_pause":false}}"#) => value(json!({"data": {"voice_id": "v", "status": null, "support_pause": false}}));
    }
    numbers_with_and_without_fractions "HEYGEN §9.16" |c| c.get_video_translation().video_translation_id("t") => {
        json_of(200, r#"{"data":{"id":"t","status":"running","duration":12}}"#) => value(json!({"data": {"id": "t", "status": "running", "duration": 12.0}}));
        json_of(200, r#"{"data":{"id":"t","status":"running","duration":12.5,"created_at":1767225600.0}}"#)
            => value(json!({"data": {"id": "t", "status": "running", "duration": 12.5, "created_at": 1_767_225_600}}));
    }
    layers_and_free_states "HEYGEN §9.17, §9.22" |c| c.get_background_removal().job_id("j") => {
        json_of(200, r#"{"data":{"id":"j","status":"almost","layers":{"front":"https://files.example/f.webm","meta":{"n":1}},"error":"no person"}}"#)
            => value(json!({"data": {"id": "j", "status": "almost", "layers": {"front": "https://files.example/f.webm", "meta": {"n": 1}}, "error": "no person"}}));
    }
    lists_that_are_null_or_say_nothing_of_more "HEYGEN §9.12" |c| c.list_videos() => {
        json_of(200, r#"{"data":[],"has_more":false,"next_token":null}"#) => value(json!({"data": [], "has_more": false, "next_token": null}));
        json_of(200, r#"{"data":null,"has_more":false}"#) => value(json!({"data": [], "has_more": false}));
        json_of(200, r#"{"data":{"voices":[]}}"#) => Got::Undecodable("$.data".to_owned());
    }
    an_envelope_of_v1_around_v3 "HEYGEN §4" |c| c.get_video().video_id("v") => {
        json_of(200, r#"{"code":100,"data":{"id":"v","status":"completed"},"message":"success"}"#)
            => value(json!({"data": {"id": "v", "status": "completed"}}));
    }
    errors_of_v3 "HEYGEN §4" |c| c.get_video().video_id("v") => {
        json_of(404, r#"{"error":{"code":"video_not_found","message":"There is no such video.","param":null,"doc_url":"https://docs.example/errors"}}"#)
            => typed(404, "There is no such video.");
        json_of(404, r#"{"error":{"code":"video_not_found"}}"#) => failed(404, true, None);
        json_of(401, r#"{"error":{"message":"no key"}}"#) => typed(401, "no key");
        json_of(402, r#"{"error":{"code":"insufficient_credit","message":"Too few credits."}}"#) => typed(402, "Too few credits.");
        json_of(409, r#"{"error":{"code":"conflict"}}"#) => failed(409, true, None);
    }
    errors_of_other_generations "HEYGEN §4" |c| c.get_video().video_id("v") => {
        json_of(401, r#"{"code":400112,"message":"Unauthorized","data":null}"#) => typed(401, "Unauthorized");
        json_of(500, r#"{"error":{"code":"internal_error","message":"oops"},"data":null}"#) => typed(500, "oops");
        json_of(400, r#"{"error":"bad video id","data":null}"#) => typed(400, "bad video id");
        json_of(403, r#""blocked""#) => untyped(403, Some("blocked"));
    }
    what_is_before_the_api "HEYGEN §4" |c| c.get_video().video_id("v") => {
        Response::new(502, &[("content-type", "text/html")], "<html>Bad Gateway</html>") => untyped(502, None);
        Response::new(504, &[], "") => untyped(504, None);
        json_of(429, r#"{"error":{"code":"rate_limit_exceeded","message":"Slow down."}}"#) => typed(429, "Slow down.");
        Response::new(200, &[("content-type", "text/html")], "<html>maintenance</html>") => Got::Undecodable("$".to_owned());
    }
    a_voice_that_is_gone_already "HEYGEN §9.21" |c| c.delete_voice().voice_id("v") => {
        json_of(200, r#"{"data":{"voice_id":"v"}}"#) => value(json!({"data": {"voice_id": "v"}}));
        json_of(404, r#"{"error":{"code":"voice_not_found","message":"It is gone."}}"#) => typed(404, "It is gone.");
    }
    a_user_of_v1 "HEYGEN §4" |c| c.get_current_user_information() => {
        json_of(200, r#"{"code":100,"data":{"email":"a@example.com"},"msg":null,"message":null}"#)
            => value(json!({"code": 100, "data": {"email": "a@example.com"}}));
        json_of(200, r#"{"code":400599,"message":"Your plan has no API","data":null}"#) => failed(200, false, Some("Your plan has no API"));
    }
}
