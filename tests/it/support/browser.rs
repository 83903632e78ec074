//! A browser without a window: it keeps cookies, follows no redirect by itself, and says where its forms come from.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use ureq::Agent;
use ureq::http::{Method, Request};

use super::Reply;

/// Somebody's browser. A clone shares its cookies, like a second tab.
#[derive(Clone)]
pub(crate) struct Browser {
    agent: Agent,
    address: String,
    headers: BTreeMap<String, String>,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Browser {
    /// A browser in front of a site. Its forms say that they come from this site, as all current browsers do.
    pub(crate) fn new(address: String) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .build();
        Self {
            agent: Agent::new_with_config(config),
            address,
            headers: BTreeMap::from([("sec-fetch-site".to_owned(), "same-origin".to_owned())]),
            cookies: Arc::default(),
        }
    }

    /// Sends this header from now on.
    pub(crate) fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers
            .insert(name.to_ascii_lowercase(), value.to_owned());
        self
    }

    /// Leaves this header out from now on.
    pub(crate) fn without_header(mut self, name: &str) -> Self {
        self.headers.remove(&name.to_ascii_lowercase());
        self
    }

    /// A browser that prefers these languages, such as `es-MX,es;q=0.9`.
    pub(crate) fn in_language(self, accepted: &str) -> Self {
        self.with_header("accept-language", accepted)
    }

    /// The value of a cookie that the site set.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Adds a cookie.
    pub(crate) fn set_cookie(&self, name: &str, value: &str) {
        self.cookies
            .lock()
            .unwrap()
            .insert(name.to_owned(), value.to_owned());
    }

    /// Deletes every cookie: from now on it is a different browser.
    pub(crate) fn forget_cookies(&self) {
        self.cookies.lock().unwrap().clear();
    }

    /// Opens a path.
    pub(crate) fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, &[], None)
    }

    /// Sends a form.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        self.post_bytes(
            path,
            "application/x-www-form-urlencoded",
            body.finish().as_bytes(),
        )
    }

    /// Sends a body unchanged.
    pub(crate) fn post_bytes(&self, path: &str, content_type: &str, body: &[u8]) -> Reply {
        self.send(Method::POST, path, body, Some(content_type))
    }

    /// Like [`Browser::post`]; none if the network fails before an answer arrives.
    pub(crate) fn try_post(&self, path: &str, fields: &[(&str, &str)]) -> Option<Reply> {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let form = "application/x-www-form-urlencoded";
        self.try_send(Method::POST, path, body.finish().as_bytes(), Some(form))
            .ok()
    }

    /// Signs in with a password; returns the answer, which also says whether it was right.
    pub(crate) fn sign_in(&self, email: &str, password: &str) -> Reply {
        self.post("/sign-in", &[("email", email), ("password", password)])
    }

    /// Opens a page, fills in the first form that matches a CSS selector, and sends it. Named fields get these values;
    /// all others are sent as the page has them.
    pub(crate) fn fill(&self, path: &str, selector: &str, with: &[(&str, &str)]) -> Reply {
        self.send_form(path, &self.get(path).expect(200), selector, with)
    }

    /// Like [`Browser::fill`], on a page that is already open.
    pub(crate) fn send_form(
        &self,
        path: &str,
        page: &Reply,
        selector: &str,
        with: &[(&str, &str)],
    ) -> Reply {
        let mut fields = page.form(selector);
        fields.retain(|(name, _)| !with.iter().any(|(typed, _)| typed == name));
        let typed = with
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        fields.extend(typed);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let action = page.action_of(selector);
        self.post(action.as_deref().unwrap_or(path), &fields)
    }

    /// Sends a request with any method.
    pub(crate) fn send(
        &self,
        method: Method,
        path: &str,
        body: &[u8],
        content_type: Option<&str>,
    ) -> Reply {
        self.try_send(method, path, body, content_type)
            .unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn try_send(
        &self,
        method: Method,
        path: &str,
        body: &[u8],
        content_type: Option<&str>,
    ) -> Result<Reply, ureq::Error> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.address));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        let cookies = self
            .cookies
            .lock()
            .unwrap()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        let answer = if content_type.is_some() {
            self.agent.run(request.body(body).unwrap())
        } else {
            self.agent.run(request.body(()).unwrap())
        };
        let reply = Reply::of(answer?);
        self.keep_cookies(&reply);
        Ok(reply)
    }

    fn keep_cookies(&self, reply: &Reply) {
        let mut cookies = self.cookies.lock().unwrap();
        for line in reply.headers("set-cookie") {
            let cookie = actix_web::cookie::Cookie::parse(line.to_owned()).unwrap();
            if cookie
                .max_age()
                .is_some_and(actix_web::cookie::time::SignedDuration::is_zero)
            {
                cookies.remove(cookie.name());
            } else {
                cookies.insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
    }
}
