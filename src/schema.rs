//! The database schema. It uses portable types only: text ids, UTC timestamps, dates in the district's time zone, and
//! JSON as text.
#![expect(
    missing_docs,
    reason = "a column's meaning is told by the row struct that reads it"
)]

diesel::table! {
    change_counter (id) {
        id -> Integer,
        last -> BigInt,
    }
}

diesel::table! {
    districts (id) {
        id -> Text,
        slug -> Text,
        name -> Text,
        notice -> Text,
        time_zone -> Text,
        languages -> Text,
    }
}

diesel::table! {
    language_reviews (language) {
        language -> Text,
        reviewer -> Text,
        turned_on_by -> Nullable<Text>,
        turned_on_at -> Timestamp,
    }
}

diesel::table! {
    schools (id) {
        id -> Text,
        key -> Text,
        name -> Text,
        level -> Text,
        position -> Integer,
    }
}

diesel::table! {
    groups (id) {
        id -> Text,
        key -> Text,
        name -> Text,
        position -> Integer,
    }
}

diesel::table! {
    rounds (id) {
        id -> Text,
        slug -> Text,
        title -> Text,
        place -> Text,
        starts_on -> Date,
        origin -> Text,
        is_current -> Bool,
        position -> Integer,
    }
}

diesel::table! {
    accounts (id) {
        id -> Text,
        email -> Text,
        name -> Text,
        password_hash -> Text,
        disabled -> Bool,
        created_at -> Timestamp,
    }
}

diesel::table! {
    grants (id) {
        id -> Text,
        account_id -> Text,
        role -> Text,
        scope -> Text,
        scope_id -> Text,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        account_id -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    audit (id) {
        id -> Text,
        at -> Timestamp,
        account_id -> Nullable<Text>,
        action -> Text,
        subject -> Text,
        subject_id -> Text,
        detail -> Text,
    }
}

diesel::table! {
    outbox (id) {
        id -> Text,
        kind -> Text,
        payload -> Text,
        run_at -> Timestamp,
        attempts -> Integer,
        claimed_until -> Nullable<Timestamp>,
        done_at -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
    }
}

diesel::table! {
    surveys (id) {
        id -> Text,
        round_id -> Text,
        slug -> Text,
        state -> Text,
        document -> Text,
        revision -> Integer,
        created_at -> Timestamp,
        opened_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    revisions (id) {
        id -> Text,
        survey_id -> Text,
        number -> Integer,
        document -> Text,
        corrections -> Text,
        published_by -> Nullable<Text>,
        published_at -> Timestamp,
    }
}

diesel::table! {
    batches (id) {
        id -> Text,
        kind -> Text,
        survey_id -> Nullable<Text>,
        file_name -> Text,
        file_digest -> Text,
        state -> Text,
        row_count -> BigInt,
        started_at -> Timestamp,
        started_by -> Nullable<Text>,
        number -> BigInt,
    }
}

diesel::table! {
    responses (id) {
        id -> Text,
        survey_id -> Text,
        revision -> Integer,
        identity -> Text,
        receipt -> Nullable<Text>,
        answers_digest -> Text,
        answers -> Text,
        person -> Text,
        group_key -> Nullable<Text>,
        schools -> Text,
        language -> Text,
        channel -> Text,
        day -> Date,
        status -> Text,
        batch_id -> Nullable<Text>,
        number -> BigInt,
    }
}

diesel::table! {
    late_responses (response_id) {
        response_id -> Text,
    }
}

diesel::table! {
    paper_batches (id) {
        id -> Text,
        survey_id -> Text,
        name -> Text,
        channel -> Text,
        language -> Text,
        revision -> Integer,
        day -> Date,
        started_by -> Nullable<Text>,
        started_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
        last_sheet -> Integer,
    }
}

diesel::table! {
    paper_sheets (response_id) {
        response_id -> Text,
        batch_id -> Text,
        sheet -> Integer,
        marks -> Text,
    }
}

diesel::table! {
    followers (id) {
        id -> Text,
        round_id -> Text,
        email -> Text,
        language -> Text,
        asked_on -> Date,
        confirmed_on -> Nullable<Date>,
    }
}

diesel::table! {
    forums (id) {
        id -> Text,
        round_id -> Text,
        slug -> Text,
        title -> Text,
        about -> Text,
        place -> Text,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        seats -> Integer,
        languages -> Text,
        prompts -> Text,
    }
}

diesel::table! {
    sign_ups (id) {
        id -> Text,
        forum_id -> Text,
        submission -> Text,
        name -> Text,
        email -> Text,
        party -> Integer,
        language -> Text,
        needs -> Text,
        status -> Text,
        position -> BigInt,
    }
}

diesel::table! {
    forum_tables (id) {
        id -> Text,
        forum_id -> Text,
        table_number -> Integer,
        present -> Integer,
        number -> BigInt,
    }
}

diesel::table! {
    comments (id) {
        id -> Text,
        round_id -> Text,
        source -> Text,
        survey_id -> Nullable<Text>,
        response_id -> Nullable<Text>,
        table_id -> Nullable<Text>,
        label -> Text,
        item_key -> Text,
        intent -> Text,
        language -> Text,
        text -> Text,
        speaks_for -> Integer,
        status -> Text,
        status_reason -> Text,
        released_by -> Nullable<Text>,
        released_at -> Nullable<Timestamp>,
        batch_id -> Nullable<Text>,
        number -> BigInt,
    }
}

diesel::table! {
    votes (id) {
        id -> Text,
        comment_id -> Text,
        voter -> Text,
        value -> Integer,
        batch_id -> Nullable<Text>,
    }
}

diesel::table! {
    codebooks (id) {
        id -> Text,
        round_id -> Text,
        version -> Integer,
        document -> Text,
        saved_by -> Nullable<Text>,
        saved_at -> Timestamp,
    }
}

diesel::table! {
    priorities (id) {
        id -> Text,
        round_id -> Text,
        key -> Text,
        title -> Text,
        themes -> Text,
        why -> Text,
        position -> Integer,
    }
}

diesel::table! {
    decisions (id) {
        id -> Text,
        priority_id -> Text,
        evidence -> Text,
        digest -> Text,
        decided_by -> Nullable<Text>,
        decided_at -> Timestamp,
        taken_back_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    outcomes (id) {
        id -> Text,
        round_id -> Text,
        theme -> Text,
        outcome -> Text,
        reason -> Text,
    }
}

diesel::table! {
    stages (id) {
        id -> Text,
        round_id -> Text,
        stage -> Integer,
        title -> Text,
        starts_on -> Date,
        ends_on -> Date,
    }
}

diesel::table! {
    statements (id) {
        id -> Text,
        round_id -> Text,
        kind -> Text,
        position -> Integer,
        text -> Text,
        evidence -> Text,
    }
}

diesel::table! {
    goals (id) {
        id -> Text,
        round_id -> Text,
        priority_id -> Text,
        key -> Text,
        position -> Integer,
        title -> Text,
        measure -> Text,
        baseline -> Text,
        target -> Text,
        target_year -> Integer,
    }
}

diesel::table! {
    editions (id) {
        id -> Text,
        round_id -> Text,
        audience -> Text,
        number -> Integer,
        content -> Text,
        digest -> Text,
        published_by -> Text,
        published_at -> Timestamp,
        taken_back_at -> Nullable<Timestamp>,
    }
}

diesel::joinable!(grants -> accounts (account_id));
diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(surveys -> rounds (round_id));
diesel::joinable!(revisions -> surveys (survey_id));
diesel::joinable!(batches -> surveys (survey_id));
diesel::joinable!(responses -> surveys (survey_id));
diesel::joinable!(responses -> batches (batch_id));
diesel::joinable!(late_responses -> responses (response_id));
diesel::joinable!(paper_batches -> surveys (survey_id));
diesel::joinable!(paper_sheets -> responses (response_id));
diesel::joinable!(paper_sheets -> paper_batches (batch_id));
diesel::joinable!(followers -> rounds (round_id));
diesel::joinable!(forums -> rounds (round_id));
diesel::joinable!(sign_ups -> forums (forum_id));
diesel::joinable!(forum_tables -> forums (forum_id));
diesel::joinable!(comments -> rounds (round_id));
diesel::joinable!(comments -> surveys (survey_id));
diesel::joinable!(comments -> responses (response_id));
diesel::joinable!(comments -> forum_tables (table_id));
diesel::joinable!(comments -> accounts (released_by));
diesel::joinable!(comments -> batches (batch_id));
diesel::joinable!(votes -> comments (comment_id));
diesel::joinable!(votes -> batches (batch_id));
diesel::joinable!(codebooks -> rounds (round_id));
diesel::joinable!(priorities -> rounds (round_id));
diesel::joinable!(decisions -> priorities (priority_id));
diesel::joinable!(outcomes -> rounds (round_id));
diesel::joinable!(stages -> rounds (round_id));
diesel::joinable!(statements -> rounds (round_id));
diesel::joinable!(goals -> rounds (round_id));
diesel::joinable!(goals -> priorities (priority_id));
diesel::joinable!(editions -> rounds (round_id));

diesel::allow_tables_to_appear_in_same_query!(
    change_counter,
    districts,
    language_reviews,
    schools,
    groups,
    rounds,
    accounts,
    grants,
    sessions,
    audit,
    outbox,
    surveys,
    revisions,
    batches,
    responses,
    late_responses,
    paper_batches,
    paper_sheets,
    followers,
    forums,
    sign_ups,
    forum_tables,
    comments,
    votes,
    codebooks,
    priorities,
    decisions,
    outcomes,
    stages,
    statements,
    goals,
    editions,
);
