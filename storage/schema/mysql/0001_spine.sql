-- The spine: citizens, their turns, and what turns bring about. Times are milliseconds since 1970 UTC.
-- Columns "sealed" are AES-256-GCM under the citizen's data key (storage/crypto).

CREATE TABLE IF NOT EXISTS citizen (
    id           BIGINT NOT NULL PRIMARY KEY,
    account      VARCHAR(64) NOT NULL,  -- our account's name in the configuration
    address_hash BINARY(16) NOT NULL UNIQUE,  -- keyed hash of account and person
    address      BLOB NOT NULL,  -- sealed: the platform's id of the person
    wrapped_key  BLOB,  -- NULL: the person was erased
    key_version  INT NOT NULL,  -- of the master key
    created_at   BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One row a turn, never changed. inbound, replies, state: sealed.
CREATE TABLE IF NOT EXISTS turn (
    citizen_id   BIGINT NOT NULL,
    turn_no      INT NOT NULL,
    delivery_key BINARY(16) NOT NULL,
    at           BIGINT NOT NULL,
    inbound      MEDIUMBLOB NOT NULL,
    replies      MEDIUMBLOB NOT NULL,
    state        MEDIUMBLOB NOT NULL,
    PRIMARY KEY (citizen_id, turn_no),
    UNIQUE (citizen_id, delivery_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS dispute_case (
    id                     BIGINT NOT NULL PRIMARY KEY,
    code                   VARCHAR(32) NOT NULL UNIQUE,
    citizen_id             BIGINT NOT NULL,
    turn_no                INT NOT NULL,  -- of the turn that filed it
    state                  VARCHAR(24) NOT NULL,
    dispute_type           VARCHAR(32) NOT NULL,
    unit                   VARCHAR(48) NOT NULL,
    amount_fen             BIGINT,
    minor                  TINYINT NOT NULL,
    submitted_at           BIGINT NOT NULL,
    accept_by              BIGINT,
    applicant_phone_hash   BINARY(16),  -- keyed hash; NULL: no number given
    applicant_name         MEDIUMBLOB NOT NULL,  -- sealed, like all that follow
    applicant_phone        MEDIUMBLOB NOT NULL,
    applicant_address      MEDIUMBLOB NOT NULL,
    applicant_description  MEDIUMBLOB NOT NULL,
    respondent_name        MEDIUMBLOB NOT NULL,
    respondent_phone       MEDIUMBLOB NOT NULL,
    respondent_address     MEDIUMBLOB NOT NULL,
    respondent_description MEDIUMBLOB NOT NULL,
    narrative              MEDIUMBLOB NOT NULL,
    occurred               MEDIUMBLOB NOT NULL,
    place                  MEDIUMBLOB NOT NULL,
    requests               MEDIUMBLOB NOT NULL,
    other_body             MEDIUMBLOB NOT NULL,
    acting_for             MEDIUMBLOB NOT NULL,
    KEY dispute_case_of_citizen (citizen_id, submitted_at),
    KEY dispute_case_by_phone (applicant_phone_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS case_evidence (
    case_id     BIGINT NOT NULL,
    nth         INT NOT NULL,
    kind        VARCHAR(16) NOT NULL,
    media_id    BLOB NOT NULL,  -- sealed
    received_at BIGINT NOT NULL,
    PRIMARY KEY (case_id, nth)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS mediator_queue (
    case_id      BIGINT NOT NULL PRIMARY KEY,
    unit         VARCHAR(48) NOT NULL,
    due_at       BIGINT NOT NULL,  -- accept_by, or submitted_at where there is none: the order of the queue
    submitted_at BIGINT NOT NULL,
    accept_by    BIGINT,
    owner        VARCHAR(64) NOT NULL,  -- empty: free
    token        BIGINT NOT NULL,  -- grows with each claim
    claimed_at   BIGINT,
    lease_until  BIGINT,
    KEY mediator_queue_by_due (due_at, submitted_at, case_id),
    KEY mediator_queue_of_unit (unit, due_at, submitted_at, case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS crisis_alert (
    citizen_id      BIGINT NOT NULL,
    turn_no         INT NOT NULL,
    nth             INT NOT NULL,
    level           VARCHAR(8) NOT NULL,
    reasons         TEXT NOT NULL,  -- rule ids, one a line; never what was said
    at              BIGINT NOT NULL,
    acknowledged_at BIGINT,
    PRIMARY KEY (citizen_id, turn_no, nth),
    KEY crisis_alert_open (acknowledged_at, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Append-only: what the citizen agreed to, and in which turn.
CREATE TABLE IF NOT EXISTS consent (
    citizen_id     BIGINT NOT NULL,
    turn_no        INT NOT NULL,
    nth            INT NOT NULL,
    notice_version VARCHAR(32) NOT NULL,
    at             BIGINT NOT NULL,
    PRIMARY KEY (citizen_id, turn_no, nth)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
