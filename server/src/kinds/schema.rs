//! Every page of `data/schema` names exactly the fields of its kind.
