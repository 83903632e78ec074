//! The queries for accounts and grants.

use diesel::prelude::*;

use super::model::{Account, Grant, GrantId, Role, Scope, ScopeKind};
use crate::audit::{self, Actor};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::keys::AccountId;
use crate::schema::{accounts, grants, sessions};

type AccountRow = (AccountId, String, String, bool);
type GrantRow = (GrantId, AccountId, Role, ScopeKind, String);

fn with_grants(db: &mut Db, rows: Vec<AccountRow>) -> QueryResult<Vec<Account>> {
    let ids: Vec<&AccountId> = rows.iter().map(|(id, ..)| id).collect();
    let granted: Vec<GrantRow> = grants::table
        .filter(grants::account_id.eq_any(ids))
        .order((grants::role, grants::scope, grants::scope_id))
        .select((
            grants::id,
            grants::account_id,
            grants::role,
            grants::scope,
            grants::scope_id,
        ))
        .load(db)?;
    let of = |account: &AccountId| {
        let mine = granted.iter().filter(|(_, holder, ..)| holder == account);
        mine.map(|(id, _, role, kind, scope)| Grant {
            id: id.clone(),
            role: *role,
            scope: Scope::from_columns(*kind, scope.clone()),
        })
        .collect()
    };
    Ok(rows
        .into_iter()
        .map(|(id, email, name, disabled)| Account {
            grants: of(&id),
            id,
            email,
            name,
            disabled,
        })
        .collect())
}

/// Every account with its grants, sorted by email address.
pub fn list(db: &mut Db) -> QueryResult<Vec<Account>> {
    let rows = accounts::table
        .order(accounts::email)
        .select((
            accounts::id,
            accounts::email,
            accounts::name,
            accounts::disabled,
        ))
        .load(db)?;
    with_grants(db, rows)
}

/// An account, whether or not it's disabled.
pub fn by_id(db: &mut Db, id: &AccountId) -> QueryResult<Account> {
    let row: AccountRow = accounts::table
        .find(id)
        .select((
            accounts::id,
            accounts::email,
            accounts::name,
            accounts::disabled,
        ))
        .first(db)?;
    let mut account = with_grants(db, vec![row])?;
    account.pop().ok_or(diesel::result::Error::NotFound)
}

/// Makes a change that may remove an admin. Rolls it back with a conflict if nobody could manage the team anymore.
pub fn keeping_an_admin(
    db: &mut Db,
    change: impl FnOnce(&mut Db) -> QueryResult<()>,
) -> Result<()> {
    // Lock every account so that two admins who remove each other at the same time can't both succeed.
    diesel::update(accounts::table)
        .set(accounts::disabled.eq(accounts::disabled))
        .execute(db)?;
    change(db)?;
    let admins = grants::table
        .inner_join(accounts::table)
        .filter(
            accounts::disabled
                .eq(false)
                .and(grants::role.eq(Role::Admin))
                .and(grants::scope.eq(ScopeKind::District)),
        )
        .count();
    if admins.get_result::<i64>(db)? == 0 {
        return Err(Error::Conflict(
            "This is the only admin for the whole district. Make someone else an admin first."
                .to_owned(),
        ));
    }
    Ok(())
}

/// An account, unless it's disabled.
pub fn enabled(db: &mut Db, id: &AccountId) -> QueryResult<Option<Account>> {
    let row = accounts::table
        .find(id)
        .filter(accounts::disabled.eq(false))
        .select((
            accounts::id,
            accounts::email,
            accounts::name,
            accounts::disabled,
        ))
        .first(db)
        .optional()?;
    Ok(with_grants(db, row.into_iter().collect())?.pop())
}

/// The id, password hash, and disabled flag of the account with this lowercase email address.
pub fn by_email(db: &mut Db, email: &str) -> QueryResult<Option<(AccountId, String, bool)>> {
    accounts::table
        .filter(accounts::email.eq(email))
        .select((accounts::id, accounts::password_hash, accounts::disabled))
        .first(db)
        .optional()
}

/// Whether any account can sign in.
pub fn any_account(db: &mut Db) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        accounts::table.filter(accounts::disabled.eq(false)),
    ))
    .get_result(db)
}

/// Adds an account. The email address must be lowercase and not in use.
pub fn add(
    db: &mut Db,
    actor: &Actor,
    email: &str,
    name: &str,
    password_hash: &str,
) -> QueryResult<AccountId> {
    let id = AccountId::new();
    diesel::insert_into(accounts::table)
        .values((
            accounts::id.eq(&id),
            accounts::email.eq(email),
            accounts::name.eq(name),
            accounts::password_hash.eq(password_hash),
            accounts::disabled.eq(false),
            accounts::created_at.eq(actor.at),
        ))
        .execute(db)?;
    audit::record(db, actor, "account.added", "account", id.as_str(), &())?;
    Ok(id)
}

/// Grants a role within a scope. Does nothing if the grant exists.
pub fn grant(
    db: &mut Db,
    actor: &Actor,
    account: &AccountId,
    role: Role,
    scope: &Scope,
) -> QueryResult<()> {
    let (kind, scope_id) = scope.columns();
    let same = grants::table
        .filter(
            grants::account_id
                .eq(account)
                .and(grants::role.eq(role))
                .and(grants::scope.eq(kind))
                .and(grants::scope_id.eq(scope_id)),
        )
        .count()
        .get_result::<i64>(db)?;
    if same > 0 {
        return Ok(());
    }
    diesel::insert_into(grants::table)
        .values((
            grants::id.eq(GrantId::new()),
            grants::account_id.eq(account),
            grants::role.eq(role),
            grants::scope.eq(kind),
            grants::scope_id.eq(scope_id),
        ))
        .execute(db)?;
    audit::record(
        db,
        actor,
        "grant.given",
        "account",
        account.as_str(),
        &(role, kind, scope_id),
    )
}

/// Removes a grant.
pub fn revoke(db: &mut Db, actor: &Actor, grant: &GrantId) -> QueryResult<()> {
    let (account, role): (AccountId, Role) = grants::table
        .find(grant)
        .select((grants::account_id, grants::role))
        .first(db)?;
    diesel::delete(grants::table.find(grant)).execute(db)?;
    audit::record(db, actor, "grant.taken", "account", account.as_str(), &role)
}

/// Disables or enables sign-in. Disabling ends every session.
pub fn set_disabled(
    db: &mut Db,
    actor: &Actor,
    account: &AccountId,
    disabled: bool,
) -> QueryResult<()> {
    let changed = diesel::update(accounts::table.find(account))
        .set(accounts::disabled.eq(disabled))
        .execute(db)?;
    if changed == 0 {
        return Err(diesel::result::Error::NotFound);
    }
    if disabled {
        diesel::delete(sessions::table.filter(sessions::account_id.eq(account))).execute(db)?;
    }
    audit::record(
        db,
        actor,
        if disabled {
            "account.disabled"
        } else {
            "account.enabled"
        },
        "account",
        account.as_str(),
        &(),
    )
}

/// Sets a new password and ends every session.
pub fn set_password(
    db: &mut Db,
    actor: &Actor,
    account: &AccountId,
    password_hash: &str,
) -> QueryResult<()> {
    diesel::update(accounts::table.find(account))
        .set(accounts::password_hash.eq(password_hash))
        .execute(db)?;
    diesel::delete(sessions::table.filter(sessions::account_id.eq(account))).execute(db)?;
    audit::record(
        db,
        actor,
        "account.password",
        "account",
        account.as_str(),
        &(),
    )
}
