//! What an address asks: query parameters and path segments, each checked, none ignored.

use super::problem::{Answer, Problem, short};
use axum::extract::{FromRequestParts, Path, Query, rejection::PathRejection};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;
use utoipa::{IntoParams, ToSchema};

/// Query parameters of a route; `T` has only optional texts, so that the handler names what is wrong with them.
///
/// Refuses parameters `T` does not have and parameters given twice; reads in time, where they are not there yet, with a
/// sentence of their own.
#[derive(Debug, Clone, Copy)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned + IntoParams, S: Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Answer<Self> {
        let unreadable = |error: &dyn Display| Problem::query("query", format!("the query cannot be read: {error}"));
        if parts.uri.query().is_some() {
            let pairs = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map_err(|e| unreadable(&e))?;
            check_names::<T>(&pairs.0)?;
        }
        Query::<T>::try_from_uri(&parts.uri).map(|query| Self(query.0)).map_err(|e| unreadable(&e))
    }
}

fn check_names<T: IntoParams>(pairs: &[(String, String)]) -> Answer<()> {
    let known: Vec<String> = T::into_params(|| None).into_iter().map(|p| p.name).collect();
    for (at, (name, _)) in pairs.iter().enumerate() {
        if !known.contains(name) && (name == "at" || name == "known_at") {
            let detail = format!("{name}: reading the past is not possible yet; without it the answer is of now");
            return Err(Problem::not_implemented(name, detail));
        }
        if !known.contains(name) {
            let known =
                if known.is_empty() { "there are none here".into() } else { format!("known are {}", known.join(", ")) };
            return Err(Problem::query(&short(name), format!("parameter {:?} is not known; {known}", short(name))));
        }
        if pairs[..at].iter().any(|(earlier, _)| earlier == name) {
            return Err(Problem::query(name, format!("parameter {name:?} is given twice; give it once")));
        }
    }
    Ok(())
}

/// No query parameters.
#[derive(Debug, Clone, Copy, serde::Deserialize, IntoParams, ToSchema)]
pub struct Nothing {}

/// Path segments, with a problem where axum would answer plain text.
#[derive(Debug, Clone, Copy)]
pub struct Segments<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Segments<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Answer<Self> {
        let path: Result<Path<T>, PathRejection> = Path::from_request_parts(parts, state).await;
        path.map(|p| Self(p.0)).map_err(|e| Problem::query("path", format!("the address cannot be read: {e}")))
    }
}

/// A whole number in plain digits, inside a range.
///
/// # Errors
/// A problem naming the parameter, its value and the range.
pub fn number<N>(name: &str, text: &str, range: RangeInclusive<N>) -> Answer<N>
where
    N: FromStr + PartialOrd + Display,
{
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse::<N>().ok()).flatten().filter(|n| range.contains(n)).ok_or_else(|| {
        let detail = format!("{:?} is not a whole number in {}..={}", short(text), range.start(), range.end());
        Problem::parameter(name, text, detail)
    })
}

/// `true` or `false`.
///
/// # Errors
/// A problem naming the parameter and its value.
pub fn flag(name: &str, text: &str) -> Answer<bool> {
    text.parse().map_err(|_| Problem::parameter(name, text, format!("{:?} is neither true nor false", short(text))))
}

/// A value that knows how it is written.
///
/// # Errors
/// A problem with the value's own sentence.
pub fn parsed<V: FromStr<Err: Display>>(name: &str, text: &str) -> Answer<V> {
    text.parse().map_err(|error: V::Err| Problem::parameter(name, text, error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    #[derive(Debug, serde::Deserialize, IntoParams)]
    #[allow(dead_code)]
    struct Two {
        level: Option<String>,
        within: Option<String>,
    }

    async fn ask(query: &str) -> Answer<Asked<Two>> {
        let (mut parts, ()) = Request::builder().uri(format!("/x{query}")).body(()).unwrap().into_parts();
        Asked::from_request_parts(&mut parts, &()).await
    }

    #[tokio::test]
    async fn known_parameters_are_read_and_decoded() {
        let asked = ask("?within=%E7%BD%91&level=grid").await.unwrap().0;
        assert_eq!((asked.within.as_deref(), asked.level.as_deref()), (Some("网"), Some("grid")));
        assert!(ask("").await.unwrap().0.level.is_none());
    }

    #[tokio::test]
    async fn unknown_repeated_and_past_parameters_are_refused_by_name() {
        for (query, status, name) in [
            ("?levle=grid", 400, "levle"),
            ("?level=a&level=b", 400, "level"),
            ("?at=2026-01-01", 501, "at"),
            ("?known_at=x", 501, "known_at"),
        ] {
            let problem = ask(query).await.unwrap_err();
            assert_eq!(problem.status().as_u16(), status, "{query}");
            assert_eq!(serde_json::to_value(problem.into_body()).unwrap()["field"], name);
        }
    }

    #[test]
    fn numbers_are_plain_digits_in_range() {
        assert_eq!(number("limit", "10000", 1..=10_000).unwrap(), 10_000);
        for text in ["", "0", "10001", "-1", "+5", "1e3", " 5", "99999999999999999999999"] {
            assert!(number::<u32>("limit", text, 1..=10_000).is_err(), "{text:?}");
        }
    }
}
