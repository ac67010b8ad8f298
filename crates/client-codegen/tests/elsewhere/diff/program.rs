// A program against the client of `base.yaml`, which uses every item that a change may take away or alter. `api` is the
// client; `api::httpmock` is not built here.

use api::{Client, Error, error, types};

async fn books(client: &Client, words: &str) -> Result<i64, Error<error::ListBooksError>> {
    let order = types::Order::from("newest");
    let sorted = match &order {
        types::Order::Title => types::Order::Title,
        types::Order::Newest => types::Order::Newest,
        other => types::Order::from(other.as_str()),
    };
    let call = client.list_books().q(words).limit(5_i32).order(sorted);
    let page: types::BookList = call.tag(vec!["a".to_owned()]).x_trace("1").send().await?.into_inner();
    let total: i64 = page.total;
    let _: &Option<String> = &page.next_page;
    let _ = types::Page::new(total);
    let _ = types::BookList::new(page.books.clone(), total);
    page.books.iter().for_each(book);
    Ok(total)
}

fn book(book: &types::Book) {
    let _: (&String, &String) = (&book.id, &book.title);
    let _: (&Option<i64>, &Option<f64>) = (&book.pages, &book.rating);
    let _ = book.added.as_ref().and_then(|added| added.value().map(|time| time.timestamp()));
    let _: &Option<String> = &book.isbn;
    let _: &Option<Vec<String>> = &book.tags;
    let _: Option<&String> = book.lent_to.as_option();
    let _: &Option<std::collections::BTreeMap<String, i64>> = &book.counts;
    let _: &types::Name = &book.publisher;
    match book.size {
        types::Size::Value1 | types::Size::Value2 | types::Size::Value3 => {}
    }
    if let Some(types::BookShelf::A | types::BookShelf::B) = &book.shelf {}
    if let Some(author) = &book.author {
        let author: &types::BookAuthor = author;
        let _: (&String, &Option<i64>) = (&author.name, &author.born);
    }
    if let Some(next) = &book.next {
        let _: &types::Book = next;
    }
    let _ = types::Book::new("1", types::Name("x".to_owned()), types::Size::Value1, "t").pages(3).rating(0.5).lent_to("me");
}

async fn create(client: &Client) -> Result<types::Book, Error<error::CreateBookError>> {
    let new = types::NewBook::new("Ulysses").pages(700).order(types::Order::Title);
    match client.create_book().body(new).send().await {
        Ok(made) => Ok(made.into_inner()),
        Err(error) => {
            match error.typed() {
                Some(error::CreateBookError::BadRequest(problem)) => said(problem),
                Some(error::CreateBookError::Conflict) => {}
                _ => {}
            }
            Err(error)
        }
    }
}

fn said(problem: &types::Problem) {
    let _: (&String, &Option<String>) = (&problem.message, &problem.detail);
    let hint = types::Hint::default();
    let stamp = types::Stamp::default().day(1);
    let _: Option<&serde_json::Value> = stamp.extra.get("hour");
    let _ = types::Problem::new("no").detail("at all").hint(hint).stamp(stamp);
}

async fn one(client: &Client, id: String) -> Result<types::Book, Error<error::GetBookError>> {
    let found = client.get_book().book_id(id).send().await;
    if let Err(error) = &found
        && let Some(error::GetBookError::NotFound(problem)) = error.typed()
    {
        said(problem);
    }
    Ok(found?.into_inner())
}

async fn remove(client: &Client, id: &str) -> Result<(), Error> {
    let () = client.delete_book().book_id(id).send().await?.into_inner();
    let cover: Vec<u8> = vec![1];
    let () = client.put_cover().book_id(id).body(cover).send().await?.into_inner();
    Ok(())
}

async fn lend(client: &Client) -> Result<i64, Error> {
    let body = types::LendRequestBody::new("1").note("soon");
    let _: &Option<client_runtime::Formatted<chrono::NaiveDate>> = &body.until;
    let lent: types::LendResponse = client.lend().body(body).send().await?.into_inner();
    let _: Option<f64> = lent.fee;
    Ok(lent.loan)
}

async fn events(client: &Client) -> Result<usize, Error> {
    let events: Vec<types::Event> = client.list_events().send().await?.into_inner();
    for event in &events {
        match event {
            types::Event::Opened(opened) => {
                let _: i64 = opened.at;
                let types::OpenedKind::Opened = opened.kind;
            }
            types::Event::Closed(closed) => {
                let _: &Option<String> = &closed.why;
                let types::ClosedKind::Closed = closed.kind;
            }
            types::Event::Unknown(value) => {
                let _: &serde_json::Value = value;
            }
            _ => {}
        }
    }
    let _ = (types::Opened::new(1), types::Closed::new().why("late"));
    Ok(events.len())
}

async fn item(client: &Client) -> Result<(), Error> {
    match client.get_item().item_id("1").send().await?.into_inner() {
        types::Item::Book(found) => book(&found),
        types::Item::Magazine(magazine) => {
            let _: i64 = magazine.issue;
            match magazine.scale {
                Some(types::MagazineScale::String(_) | types::MagazineScale::Integer(_)) | None => {}
            }
        }
    }
    Ok(())
}

async fn health(client: &Client) -> Result<(), Error> {
    let _: client_runtime::ByteStream = client.get_health().send().await?.into_inner();
    Ok(())
}

fn overdue(payload: &types::OverduePayload) -> i64 {
    payload.loan
}

fn main() {
    let client: Client = match Client::builder().api_key("k").build() {
        Ok(client) => client,
        Err(_) => Client::builder().token("t").build().unwrap(),
    };
    let _ = (books(&client, "x"), create(&client), one(&client, String::new()), remove(&client, "1"));
    let _ = (lend(&client), events(&client), item(&client), health(&client));
    let _ = overdue(&types::OverduePayload::new(1));
}
