//! Other users of the same machine.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::{Outcome, Place, chorus};

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_database_and_its_folder_are_closed_to_other_users() {
    let place = Place::empty();
    let folder = place.folder().join("new").join("data");
    // Without an address, the database is SQLite in the data folder.
    let mut command = chorus(&["migrate", "--data", folder.to_str().unwrap()]);
    Outcome::of(&mut command, "").expect_success();
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("chorus.sqlite")), 0o600);
}

#[test]
fn the_doctor_closes_what_is_open() {
    let place = Place::riverside();
    place.add_admin("ana@riverside.example");
    let mails = place.folder().join("mail");
    std::fs::create_dir_all(&mails).unwrap();
    let mail = mails.join("1.eml");
    std::fs::write(&mail, "To: ana@example.org\n").unwrap();
    for (path, open) in [(&mails, 0o755), (&mail, 0o644)] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(open)).unwrap();
    }
    let told = place.run(&["doctor"]).output;
    assert!(told.contains("other users could read"), "{told}");
    assert_eq!((mode(&mails), mode(&mail)), (0o700, 0o600));
    let again = place.run(&["doctor"]).output;
    assert!(again.contains("closed to other users"), "{again}");
}
