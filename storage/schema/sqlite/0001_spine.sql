-- The spine: citizens, their turns, and what turns bring about. Times are milliseconds since 1970 UTC.
-- Columns "sealed" are AES-256-GCM under the citizen's data key (storage/crypto).

CREATE TABLE IF NOT EXISTS citizen (
    id           INTEGER PRIMARY KEY,
    account      TEXT    NOT NULL,         -- our account's name in the configuration
    address_hash BLOB    NOT NULL UNIQUE,  -- keyed hash of account and person
    address      BLOB    NOT NULL,         -- sealed: the platform's id of the person
    wrapped_key  BLOB,                     -- NULL: the person was erased
    key_version  INTEGER NOT NULL,         -- of the master key
    created_at   INTEGER NOT NULL
) STRICT;

-- One row a turn, never changed. inbound, replies, state: sealed.
CREATE TABLE IF NOT EXISTS turn (
    citizen_id   INTEGER NOT NULL,
    turn_no      INTEGER NOT NULL,
    delivery_key BLOB    NOT NULL,
    at           INTEGER NOT NULL,
    inbound      BLOB    NOT NULL,
    replies      BLOB    NOT NULL,
    state        BLOB    NOT NULL,
    PRIMARY KEY (citizen_id, turn_no),
    UNIQUE (citizen_id, delivery_key)
) STRICT;

CREATE TABLE IF NOT EXISTS dispute_case (
    id                     INTEGER PRIMARY KEY,
    code                   TEXT    NOT NULL UNIQUE,
    citizen_id             INTEGER NOT NULL,
    turn_no                INTEGER NOT NULL,  -- of the turn that filed it
    state                  TEXT    NOT NULL,
    dispute_type           TEXT    NOT NULL,
    unit                   TEXT    NOT NULL,
    amount_fen             INTEGER,
    minor                  INTEGER NOT NULL,
    submitted_at           INTEGER NOT NULL,
    accept_by              INTEGER,
    applicant_phone_hash   BLOB,              -- keyed hash; NULL: no number given
    applicant_name         BLOB    NOT NULL,  -- sealed, like all that follow
    applicant_phone        BLOB    NOT NULL,
    applicant_address      BLOB    NOT NULL,
    applicant_description  BLOB    NOT NULL,
    respondent_name        BLOB    NOT NULL,
    respondent_phone       BLOB    NOT NULL,
    respondent_address     BLOB    NOT NULL,
    respondent_description BLOB    NOT NULL,
    narrative              BLOB    NOT NULL,
    occurred               BLOB    NOT NULL,
    place                  BLOB    NOT NULL,
    requests               BLOB    NOT NULL,
    other_body             BLOB    NOT NULL,
    acting_for             BLOB    NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS dispute_case_of_citizen ON dispute_case (citizen_id, submitted_at);

CREATE INDEX IF NOT EXISTS dispute_case_by_phone ON dispute_case (applicant_phone_hash);

CREATE TABLE IF NOT EXISTS case_evidence (
    case_id     INTEGER NOT NULL,
    nth         INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    media_id    BLOB    NOT NULL,  -- sealed
    received_at INTEGER NOT NULL,
    PRIMARY KEY (case_id, nth)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS mediator_queue (
    case_id      INTEGER PRIMARY KEY,
    unit         TEXT    NOT NULL,
    due_at       INTEGER NOT NULL,  -- accept_by, or submitted_at where there is none: the order of the queue
    submitted_at INTEGER NOT NULL,
    accept_by    INTEGER,
    owner        TEXT    NOT NULL,  -- empty: free
    token        INTEGER NOT NULL,  -- grows with each claim
    claimed_at   INTEGER,
    lease_until  INTEGER
) STRICT;

CREATE INDEX IF NOT EXISTS mediator_queue_by_due ON mediator_queue (due_at, submitted_at, case_id);

CREATE INDEX IF NOT EXISTS mediator_queue_of_unit ON mediator_queue (unit, due_at, submitted_at, case_id);

CREATE TABLE IF NOT EXISTS crisis_alert (
    citizen_id      INTEGER NOT NULL,
    turn_no         INTEGER NOT NULL,
    nth             INTEGER NOT NULL,
    level           TEXT    NOT NULL,
    reasons         TEXT    NOT NULL,  -- rule ids, one a line; never what was said
    at              INTEGER NOT NULL,
    acknowledged_at INTEGER,
    PRIMARY KEY (citizen_id, turn_no, nth)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS crisis_alert_open ON crisis_alert (acknowledged_at, at);

-- Append-only: what the citizen agreed to, and in which turn.
CREATE TABLE IF NOT EXISTS consent (
    citizen_id     INTEGER NOT NULL,
    turn_no        INTEGER NOT NULL,
    nth            INTEGER NOT NULL,
    notice_version TEXT    NOT NULL,
    at             INTEGER NOT NULL,
    PRIMARY KEY (citizen_id, turn_no, nth)
) STRICT, WITHOUT ROWID;
