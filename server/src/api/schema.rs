//! How values of the core look in the OpenAPI document; the words come from the core's own lists.

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};
use wangge_core::domain::area::Level;
use wangge_core::domain::household::HouseholdKind;
use wangge_core::domain::visit::{DoorState, Outcome};

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn words(words: impl IntoIterator<Item = &'static str>, description: &str) -> RefOr<Schema> {
    text().enum_values(Some(words)).description(Some(description)).into()
}

macro_rules! schema {
    ($(#[$doc:meta])* $name:ident, $schema:expr) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                $schema
            }
        }

        impl ToSchema for $name {}
    };
}

schema!(
    /// Place in the log.
    SeqText,
    text()
        .pattern(Some("^[0-9]+-[0-9]+$"))
        .description(Some("Place in the log, `epoch-n`"))
        .examples(["1-42"])
        .into()
);
schema!(
    /// A moment.
    Moment,
    text()
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
        .description(Some("A moment, RFC 3339"))
        .examples(["2026-03-01T06:00:00Z"])
        .into()
);
schema!(
    /// Bytes.
    Binary,
    text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary))).description(Some("Bytes")).into()
);
schema!(
    /// Level of an area.
    LevelId,
    words(Level::ALL.map(Level::id), "Level of an area, from the whole to the smallest")
);
schema!(
    /// Outcome of a visit.
    OutcomeId,
    words(Outcome::ALL.map(Outcome::id), "What came of a visit")
);
schema!(
    /// State of a door.
    DoorStateId,
    words(DoorState::ALL.map(DoorState::id), "State of a door in a round; none when the round does not cover it")
);
schema!(
    /// Kind of a door.
    HouseholdKindId,
    words(
        [HouseholdKind::Home, HouseholdKind::Rental, HouseholdKind::Shop].map(HouseholdKind::id),
        "What a door is used for"
    )
);
schema!(
    /// Channel of a visit.
    ChannelId,
    words(["door", "phone", "chat"], "How a household was spoken to")
);
schema!(
    /// Longitude and latitude.
    Position,
    RefOr::T(Schema::Array(
        utoipa::openapi::schema::ArrayBuilder::new()
            .items(ObjectBuilder::new().schema_type(Type::Number))
            .min_items(Some(2))
            .max_items(Some(2))
            .description(Some("Longitude and latitude, CRS84 degrees"))
            .build()
    ))
);
