//! Who is asking, from where, and whether that may be: deny by default.
//!
//! Accounts and sessions are not here yet; [`Access`] knows the demo on loopback and nobody else.

pub mod host;
pub mod origin;

use axum::http::HeaderMap;
use host::HostList;
use std::sync::Arc;

/// What an identity may do, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Sees figures of whole areas.
    Viewer,
    /// Works at doors of their areas.
    Field,
    /// Draws closures and rounds.
    Planner,
    /// Leads the operation.
    Command,
    /// Everything, accounts included.
    Admin,
}

impl Role {
    /// The id used in messages.
    pub fn id(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Field => "field",
            Self::Planner => "planner",
            Self::Command => "command",
            Self::Admin => "admin",
        }
    }
}

/// Somebody who may ask; there is no way to one but [`Access::identify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    name: Arc<str>,
    role: Role,
}

impl Identity {
    /// Name of the account.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Role of the account.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Nothing when the role is at least `least`.
    ///
    /// # Errors
    /// [`AccessError::Role`] otherwise.
    pub fn at_least(&self, least: Role) -> Result<(), AccessError> {
        if self.role >= least { Ok(()) } else { Err(AccessError::Role { has: self.role.id(), least: least.id() }) }
    }
}

/// Why a request was refused before anything was read for it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccessError {
    /// Nobody is signed in.
    #[error("this needs an account, and the request names none")]
    Absent,
    /// The role is too small.
    #[error("role {has} may not do this; it needs {least}")]
    Role {
        /// Role of the identity.
        has: &'static str,
        /// Least role that may.
        least: &'static str,
    },
    /// No host, or several.
    #[error("the request must name its host in exactly one Host header")]
    HostMissing,
    /// A host this server does not answer for.
    #[error("this server does not answer for host {0:?}; use the address it printed when it started")]
    HostForeign(String),
    /// The request comes from a page of another site.
    #[error("{header} {value:?} is another site's; only this server's own pages and scripts may do this")]
    CrossSite {
        /// The header that told.
        header: &'static str,
        /// Its value.
        value: String,
    },
}

/// How identities are found, and for which hosts requests are taken.
#[derive(Debug, Clone)]
pub struct Access {
    hosts: HostList,
    everyone: Option<Identity>,
}

impl Access {
    /// Whoever reaches the server is its administrator: for a server that listens on loopback only.
    pub fn loopback_admin() -> Self {
        Self { hosts: HostList::loopback(), everyone: Some(Identity { name: "local".into(), role: Role::Admin }) }
    }

    /// Nobody is let in: what a server without accounts answers.
    pub fn nobody() -> Self {
        Self { hosts: HostList::loopback(), everyone: None }
    }

    /// The same, answering for one more host name or address (without a port), such as the one bound.
    #[must_use]
    pub fn with_host(mut self, name: &str) -> Self {
        self.hosts.add(name);
        self
    }

    /// Hosts this server answers for.
    pub fn hosts(&self) -> &HostList {
        &self.hosts
    }

    /// The identity a request shows.
    ///
    /// # Errors
    /// [`AccessError::Absent`] when it shows none.
    pub fn identify(&self, _headers: &HeaderMap) -> Result<Identity, AccessError> {
        self.everyone.clone().ok_or(AccessError::Absent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_let_in_without_an_account() {
        assert_eq!(Access::nobody().identify(&HeaderMap::new()), Err(AccessError::Absent));
    }

    #[test]
    fn loopback_is_an_administrator_who_may_do_all() {
        let identity = Access::loopback_admin().identify(&HeaderMap::new()).unwrap();
        assert_eq!(identity.at_least(Role::Admin), Ok(()));
    }

    #[test]
    fn a_small_role_is_told_which_one_it_needs() {
        let viewer = Identity { name: "v".into(), role: Role::Viewer };
        assert_eq!(
            viewer.at_least(Role::Field).unwrap_err().to_string(),
            "role viewer may not do this; it needs field"
        );
    }
}
