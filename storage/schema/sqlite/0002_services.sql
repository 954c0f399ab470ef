-- The services beside the filing: complaints, material, appointments, the applicant's acts, invitations, care, what is
-- sent later, who waits for a person. Only new tables: a file that was stopped half way is run again from its start.
-- Times are milliseconds since 1970 UTC. Columns "sealed" are AES-256-GCM under the citizen's data key.
-- Rows that an effect of a turn makes carry citizen_id, turn_no and nth, the effect's place in the turn.

-- Pictures, recordings and files that came with an effect.
CREATE TABLE IF NOT EXISTS effect_evidence (
    citizen_id  INTEGER NOT NULL,
    turn_no     INTEGER NOT NULL,
    nth         INTEGER NOT NULL,
    item        INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    media_id    BLOB NOT NULL,  -- sealed
    received_at INTEGER NOT NULL,
    PRIMARY KEY (citizen_id, turn_no, nth, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS complaint (
    id         INTEGER PRIMARY KEY,
    code       TEXT NOT NULL UNIQUE,
    citizen_id INTEGER NOT NULL,
    turn_no    INTEGER NOT NULL,
    nth        INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    anonymous  INTEGER NOT NULL,
    unit       TEXT NOT NULL,
    state      TEXT NOT NULL,
    target     BLOB NOT NULL,  -- sealed, like all that follow
    matter     BLOB NOT NULL,
    place      BLOB NOT NULL,
    occurred   BLOB NOT NULL,
    name       BLOB NOT NULL,
    phone      BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS complaint_of_citizen ON complaint (citizen_id, at);

CREATE INDEX IF NOT EXISTS complaint_of_unit ON complaint (unit, state, at);

-- To a case, or to a holding box that expires.
CREATE TABLE IF NOT EXISTS material (
    id         INTEGER PRIMARY KEY,
    citizen_id INTEGER NOT NULL,
    turn_no    INTEGER NOT NULL,
    nth        INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    case_code  TEXT,  -- NULL: in a holding box
    box_code   TEXT UNIQUE,
    expires_at INTEGER,
    meaning    BLOB NOT NULL  -- sealed
) STRICT;

CREATE INDEX IF NOT EXISTS material_of_citizen ON material (citizen_id, at);

CREATE INDEX IF NOT EXISTS material_of_case ON material (case_code, at);

CREATE INDEX IF NOT EXISTS material_by_expiry ON material (expires_at);

-- Free times of rooms, mediators and counsellors. Taken by UPDATE … WHERE taken < capacity.
CREATE TABLE IF NOT EXISTS appointment_slot (
    id        INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    place     TEXT NOT NULL,  -- as a citizen is shown it
    with_whom TEXT NOT NULL,
    capacity  INTEGER NOT NULL,
    taken     INTEGER NOT NULL,
    UNIQUE (kind, starts_at, place, with_whom)
) STRICT;

CREATE INDEX IF NOT EXISTS appointment_slot_by_time ON appointment_slot (kind, starts_at);

CREATE TABLE IF NOT EXISTS appointment (
    id           INTEGER PRIMARY KEY,
    citizen_id   INTEGER NOT NULL,
    turn_no      INTEGER NOT NULL,
    nth          INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    slot_id      INTEGER NOT NULL,
    starts_at    INTEGER NOT NULL,
    case_code    TEXT NOT NULL,
    state        TEXT NOT NULL,  -- booked, cancelled
    booked_at    INTEGER NOT NULL,
    cancelled_at INTEGER,
    phone        BLOB NOT NULL  -- sealed
) STRICT;

CREATE INDEX IF NOT EXISTS appointment_of_citizen ON appointment (citizen_id, state, starts_at);

CREATE INDEX IF NOT EXISTS appointment_of_slot ON appointment (slot_id, state);

-- What only some cases have: a second category, and that the other side must not be asked until a person clears it.
CREATE TABLE IF NOT EXISTS case_extra (
    case_id         INTEGER PRIMARY KEY,
    second_type     TEXT NOT NULL,
    contact_blocked INTEGER NOT NULL,
    cleared_by      TEXT NOT NULL,
    cleared_at      INTEGER
) STRICT;

-- Answers that only some kinds of dispute ask for, in the order asked.
CREATE TABLE IF NOT EXISTS case_detail (
    case_id INTEGER NOT NULL,
    nth     INTEGER NOT NULL,
    id      TEXT NOT NULL,
    label   TEXT NOT NULL,
    value   BLOB NOT NULL,  -- sealed
    PRIMARY KEY (case_id, nth)
) STRICT, WITHOUT ROWID;

-- Eligibility rules that spoke.
CREATE TABLE IF NOT EXISTS case_flag (
    case_id INTEGER NOT NULL,
    flag    TEXT NOT NULL,
    PRIMARY KEY (case_id, flag)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS case_flag_by_flag ON case_flag (flag, case_id);

-- How a case ended; its line in the mediator queue is gone. last_token: of that line, so that tokens go on growing.
CREATE TABLE IF NOT EXISTS case_end (
    case_id    INTEGER PRIMARY KEY,
    state      TEXT NOT NULL,
    at         INTEGER NOT NULL,
    last_token INTEGER NOT NULL
) STRICT;

-- The applicant's acts: withdraw, reopen, supplement. Append-only.
CREATE TABLE IF NOT EXISTS case_act (
    citizen_id INTEGER NOT NULL,
    turn_no    INTEGER NOT NULL,
    nth        INTEGER NOT NULL,
    case_code  TEXT NOT NULL,
    kind       TEXT NOT NULL,
    at         INTEGER NOT NULL,
    body       BLOB NOT NULL,  -- sealed: reason or text
    PRIMARY KEY (citizen_id, turn_no, nth)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS case_act_of_case ON case_act (case_code, at);

-- Once a case.
CREATE TABLE IF NOT EXISTS case_rating (
    case_code  TEXT NOT NULL PRIMARY KEY,
    citizen_id INTEGER NOT NULL,
    turn_no    INTEGER NOT NULL,
    nth        INTEGER NOT NULL,
    score      INTEGER NOT NULL,  -- 4 very satisfied … 1 not satisfied; 0: did not want to rate
    at         INTEGER NOT NULL,
    body       BLOB NOT NULL  -- sealed
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS case_rating_of_citizen ON case_rating (citizen_id);

-- The other side is asked. What they may see is read from the case and opened with the applicant's key.
CREATE TABLE IF NOT EXISTS invitation (
    code        TEXT NOT NULL PRIMARY KEY,
    case_id     INTEGER NOT NULL,
    state       TEXT NOT NULL,  -- open, agreed, refused, revoked
    invited_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    invited_by  TEXT NOT NULL,
    citizen_id  INTEGER,  -- of whoever answered
    turn_no     INTEGER,
    nth         INTEGER,
    answered_at INTEGER,
    statement   BLOB,  -- sealed under the answering citizen's key, like all that follow
    name        BLOB,
    phone       BLOB,
    address     BLOB,
    description BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS invitation_of_case ON invitation (case_id, invited_at);

CREATE INDEX IF NOT EXISTS invitation_of_citizen ON invitation (citizen_id);

-- Consent to other scopes than the notice (table consent), and every withdrawal. Append-only.
CREATE TABLE IF NOT EXISTS consent_act (
    citizen_id     INTEGER NOT NULL,
    turn_no        INTEGER NOT NULL,
    nth            INTEGER NOT NULL,
    act            TEXT NOT NULL,  -- given, withdrawn
    scope          TEXT NOT NULL,
    notice_version TEXT NOT NULL,
    at             INTEGER NOT NULL,
    PRIMARY KEY (citizen_id, turn_no, nth)
) STRICT, WITHOUT ROWID;

-- Rights of the person: export, erase, correct.
CREATE TABLE IF NOT EXISTS data_request (
    citizen_id INTEGER NOT NULL,
    turn_no    INTEGER NOT NULL,
    nth        INTEGER NOT NULL,
    code       TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL,
    state      TEXT NOT NULL,  -- open, done, held, refused
    at         INTEGER NOT NULL,
    done_at    INTEGER,
    decision   TEXT NOT NULL,  -- by whom and why, without personal data
    body       BLOB NOT NULL,  -- sealed
    PRIMARY KEY (citizen_id, turn_no, nth)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS data_request_by_state ON data_request (state, at);

-- What remains of an erased person.
CREATE TABLE IF NOT EXISTS erasure (
    citizen_id   INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    request_code TEXT NOT NULL,
    decision     TEXT NOT NULL
) STRICT;

-- Alerts of one person that belong together, until a person closes it. No copy of what was said.
CREATE TABLE IF NOT EXISTS crisis_episode (
    citizen_id      INTEGER NOT NULL,
    opened_turn     INTEGER NOT NULL,
    opened_at       INTEGER NOT NULL,
    last_at         INTEGER NOT NULL,
    level           TEXT NOT NULL,  -- the highest so far
    state           TEXT NOT NULL,  -- open, acknowledged, closed
    acknowledged_by TEXT NOT NULL,
    acknowledged_at INTEGER,
    outcome         TEXT NOT NULL,
    reviewer        TEXT NOT NULL,
    reviewed_at     INTEGER,
    closed_at       INTEGER,
    PRIMARY KEY (citizen_id, opened_turn)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS crisis_episode_by_state ON crisis_episode (state, opened_at);

-- The history of an episode: which alert, and which approved text was sent.
CREATE TABLE IF NOT EXISTS crisis_step (
    citizen_id  INTEGER NOT NULL,
    turn_no     INTEGER NOT NULL,
    nth         INTEGER NOT NULL,
    opened_turn INTEGER NOT NULL,
    level       TEXT NOT NULL,
    template_id TEXT NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (citizen_id, turn_no, nth)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS crisis_step_of_episode ON crisis_step (citizen_id, opened_turn);

CREATE TABLE IF NOT EXISTS psych_case (
    id         INTEGER PRIMARY KEY,
    code       TEXT NOT NULL UNIQUE,
    citizen_id INTEGER NOT NULL,
    turn_no    INTEGER NOT NULL,
    nth        INTEGER NOT NULL,
    state      TEXT NOT NULL,
    wish       TEXT NOT NULL,
    at         INTEGER NOT NULL,
    name       BLOB NOT NULL,  -- sealed
    phone      BLOB NOT NULL  -- sealed
) STRICT;

CREATE INDEX IF NOT EXISTS psych_case_of_citizen ON psych_case (citizen_id, at);

CREATE INDEX IF NOT EXISTS psych_case_by_state ON psych_case (state, at);

CREATE TABLE IF NOT EXISTS screening (
    citizen_id INTEGER NOT NULL,
    turn_no    INTEGER NOT NULL,
    nth        INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    at         INTEGER NOT NULL,
    result     BLOB NOT NULL,  -- sealed: answers, total and band
    PRIMARY KEY (citizen_id, turn_no, nth)
) STRICT, WITHOUT ROWID;

-- Everything that leaves for a platform by itself. A worker claims a line by a conditional UPDATE and its token.
CREATE TABLE IF NOT EXISTS outbox (
    citizen_id  INTEGER NOT NULL,
    turn_no     INTEGER NOT NULL,
    nth         INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    about       TEXT NOT NULL,
    state       TEXT NOT NULL,  -- queued, sent, failed, called_off
    due_at      INTEGER NOT NULL,  -- first; then of the next attempt
    good_until  INTEGER NOT NULL,  -- later than this it is not worth saying
    attempts    INTEGER NOT NULL,
    owner       TEXT NOT NULL,
    token       INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    reason      TEXT NOT NULL,  -- why the last attempt failed
    done_at     INTEGER,
    body        BLOB NOT NULL,  -- sealed
    PRIMARY KEY (citizen_id, turn_no, nth)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS outbox_by_due ON outbox (state, due_at);

-- One line a citizen: who asked for a person, who holds the conversation. Written in the turn's transaction.
CREATE TABLE IF NOT EXISTS person_queue (
    citizen_id INTEGER PRIMARY KEY,
    turn_no    INTEGER NOT NULL,  -- of the newest change
    state      TEXT NOT NULL,  -- waiting, held, done
    reason     TEXT NOT NULL,
    urgency    INTEGER NOT NULL,  -- 0 ordinary, 1 front, 2 crisis
    since      INTEGER NOT NULL,
    holder     TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS person_queue_by_state ON person_queue (state, urgency, since);

-- The access token of an account, one for all replicas; whoever holds the lease fetches the next.
CREATE TABLE IF NOT EXISTS platform_token (
    account     TEXT NOT NULL PRIMARY KEY,
    wrapped_key BLOB,  -- of the token's own data key
    token       BLOB,  -- sealed
    version     INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    lease_owner TEXT NOT NULL,
    lease_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
