//! A client as `finish` writes it, in small: the same calls in the same order, so that the runtime is tested through
//! what generated code does.

use std::time::Duration;

use client_runtime::{BuildError, Credential, SecretString};
#[allow(
    unused_imports,
    reason = "as in generated code, where not every module uses every name"
)]
use client_runtime::{ClientInfo, Error, OperationInfo, ResponseValue, encode_path, perform};

pub(crate) mod types {
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
    pub(crate) struct Widget {
        pub(crate) id: u32,
        #[serde(default)]
        pub(crate) name: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub(crate) parts: Vec<Widget>,
    }

    #[derive(Clone, Debug, Deserialize, PartialEq)]
    pub(crate) struct Problem {
        pub(crate) code: u32,
    }
}

pub(crate) mod error {
    use super::types;

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub(crate) enum GetWidgetError {
        NotFound(types::Problem),
        Unauthorized(types::Problem),
        Gone,
        Status4XX(String),
    }

    impl ::client_runtime::ErrorBody for GetWidgetError {
        fn decode(status: u16, body: &[u8]) -> ::client_runtime::Decoded<Self> {
            match status {
                401u16 => ::client_runtime::decode_json(body).map(Self::Unauthorized),
                404u16 => ::client_runtime::decode_json(body).map(Self::NotFound),
                410u16 => ::client_runtime::Decoded::Value(Self::Gone),
                400u16..=499u16 => ::client_runtime::decode_json(body).map(Self::Status4XX),
                _ => ::client_runtime::Decoded::Undocumented,
            }
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: ::reqwest::Client,
    pub(crate) inner: ::client_runtime::Inner,
}

#[derive(Clone, Debug)]
pub(crate) struct ClientBuilder {
    pub(crate) config: ::client_runtime::Config,
}

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        let config = ::client_runtime::Config::new("https://api.example.com", "miniature/1.2.3");
        // Retries have tests of their own; all others see what one attempt gives.
        Self {
            config: config.retry(::client_runtime::RetryPolicy::off()),
        }
    }

    pub(crate) fn api_key(mut self, key: impl Into<SecretString>) -> Self {
        let credential = Credential::header("x-api-key", key);
        self.config = self.config.credential("api_key", credential);
        self
    }

    pub(crate) fn token(mut self, token: impl Into<SecretString>) -> Self {
        self.config = self.config.credential("token", Credential::bearer(token));
        self
    }

    pub(crate) fn credential(mut self, credential: Credential) -> Self {
        self.config = self.config.credential("credential", credential);
        self
    }

    pub(crate) fn base_url(mut self, url: impl Into<String>) -> Self {
        self.config = self.config.base_url(url);
        self
    }

    pub(crate) fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.config = self.config.timeout(timeout);
        self
    }

    pub(crate) fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.config = self.config.max_response_bytes(bytes);
        self
    }

    pub(crate) fn build(self) -> Result<Client, BuildError> {
        let (baseurl, client, inner) = self.config.build()?;
        Ok(Client {
            baseurl,
            client,
            inner,
        })
    }
}

impl ::client_runtime::ClientInfo<::client_runtime::Inner> for Client {
    fn api_version() -> &'static str {
        "1.2.3"
    }

    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }

    fn client(&self) -> &::reqwest::Client {
        &self.client
    }

    fn inner(&self) -> &::client_runtime::Inner {
        &self.inner
    }
}

impl Client {
    pub(crate) fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// A client for a test server, with a key.
    pub(crate) fn to(server: &loopback::Server) -> ClientBuilder {
        Self::builder().base_url(server.base_url())
    }

    pub(crate) fn get_widget(&self) -> builder::GetWidget<'_> {
        builder::GetWidget::new(self)
    }

    pub(crate) fn create_widget(&self) -> builder::CreateWidget<'_> {
        builder::CreateWidget { client: self }
    }

    pub(crate) fn delete_widget(&self) -> builder::DeleteWidget<'_> {
        builder::DeleteWidget { client: self }
    }

    pub(crate) fn download(&self) -> builder::Download<'_> {
        builder::Download { client: self }
    }
}

pub(crate) mod builder {
    use client_runtime::{
        ByteStream, Error, OperationInfo, QueryParam, RequestBuilderExt, ResponseValue,
        encode_path, perform,
    };

    use super::{error, types};

    #[derive(Debug, Clone)]
    pub(crate) struct GetWidget<'a> {
        client: &'a super::Client,
        id: Result<::std::string::String, String>,
        q: Result<Option<::std::vec::Vec<::std::string::String>>, String>,
        x_thing: Result<Option<::std::string::String>, String>,
    }

    impl<'a> GetWidget<'a> {
        pub(crate) fn new(client: &'a super::Client) -> Self {
            Self {
                client,
                id: Err("id was not initialized".to_string()),
                q: Ok(None),
                x_thing: Ok(None),
            }
        }

        pub(crate) fn id<V>(mut self, value: V) -> Self
        where
            V: TryInto<::std::string::String>,
        {
            self.id = value
                .try_into()
                .map_err(|_| "conversion to `String` for id failed".to_string());
            self
        }

        pub(crate) fn q(mut self, value: &[&str]) -> Self {
            self.q = Ok(Some(value.iter().map(|item| (*item).to_owned()).collect()));
            self
        }

        pub(crate) fn x_thing(mut self, value: &str) -> Self {
            self.x_thing = Ok(Some(value.to_owned()));
            self
        }

        pub(crate) async fn send(
            self,
        ) -> Result<ResponseValue<types::Widget>, Error<error::GetWidgetError>> {
            let Self {
                client,
                id,
                q,
                x_thing,
            } = self;
            let id = id.map_err(Error::invalid_request)?;
            let q = q.map_err(Error::invalid_request)?;
            let x_thing = x_thing.map_err(Error::invalid_request)?;
            let url = format!(
                "{}/widgets/{}",
                client.baseurl,
                encode_path(&id.to_string())
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            if let Some(value) = x_thing {
                header_map.append("X-Api-Key", value.to_string().try_into()?);
            }
            let request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&QueryParam::new("q", &q))
                .headers(header_map)
                .build()?;
            let info = OperationInfo::new("get_widget", "/");
            let response = perform(client, request, &info).await?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                _ => Err(Error::from_response(response, &info).await),
            }
        }
    }

    pub(crate) struct CreateWidget<'a> {
        pub(crate) client: &'a super::Client,
    }

    impl CreateWidget<'_> {
        pub(crate) async fn json(
            self,
            body: types::Widget,
        ) -> Result<ResponseValue<types::Widget>, Error> {
            let client = self.client;
            let url = format!("{}/widgets", client.baseurl);
            let request = client.client.post(url).json(&body).build()?;
            self.finish(request).await
        }

        pub(crate) async fn form<T: serde::Serialize>(
            self,
            body: T,
        ) -> Result<ResponseValue<types::Widget>, Error> {
            let client = self.client;
            let url = format!("{}/widgets", client.baseurl);
            let request = client.client.post(url).form_urlencoded(&body)?.build()?;
            self.finish(request).await
        }

        async fn finish(
            &self,
            request: reqwest::Request,
        ) -> Result<ResponseValue<types::Widget>, Error> {
            let client = self.client;
            let info = OperationInfo::new("create_widget", "/");
            let response = perform(client, request, &info).await?;
            match response.status().as_u16() {
                200u16..=299u16 => ResponseValue::from_response(response).await,
                _ => Err(Error::from_response(response, &info).await),
            }
        }
    }

    pub(crate) struct DeleteWidget<'a> {
        pub(crate) client: &'a super::Client,
    }

    impl DeleteWidget<'_> {
        pub(crate) async fn send(self) -> Result<ResponseValue<()>, Error> {
            let client = self.client;
            let url = format!("{}/widgets/1", client.baseurl);
            let request = client.client.delete(url).build()?;
            let info = OperationInfo::new("delete_widget", "/");
            let response = perform(client, request, &info).await?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                _ => Err(Error::from_response(response, &info).await),
            }
        }
    }

    pub(crate) struct Download<'a> {
        pub(crate) client: &'a super::Client,
    }

    impl Download<'_> {
        pub(crate) async fn send(self) -> Result<ResponseValue<ByteStream>, Error> {
            let client = self.client;
            let url = format!("{}/file", client.baseurl);
            let request = client.client.get(url).build()?;
            let info = OperationInfo::new("download", "/");
            let response = perform(client, request, &info).await?;
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::stream(response)),
                _ => Err(Error::from_response(response, &info).await),
            }
        }
    }
}
