-- The services beside the filing: complaints, material, appointments, the applicant's acts, invitations, care, what is
-- sent later, who waits for a person. Only new tables: a file that was stopped half way is run again from its start.
-- Times are milliseconds since 1970 UTC. Columns "sealed" are AES-256-GCM under the citizen's data key.
-- Rows that an effect of a turn makes carry citizen_id, turn_no and nth, the effect's place in the turn.

-- Pictures, recordings and files that came with an effect.
CREATE TABLE IF NOT EXISTS effect_evidence (
    citizen_id  BIGINT NOT NULL,
    turn_no     INT NOT NULL,
    nth         INT NOT NULL,
    item        INT NOT NULL,
    kind        VARCHAR(16) NOT NULL,
    media_id    BLOB NOT NULL,  -- sealed
    received_at BIGINT NOT NULL,
    PRIMARY KEY (citizen_id, turn_no, nth, item)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS complaint (
    id         BIGINT NOT NULL PRIMARY KEY,
    code       VARCHAR(32) NOT NULL UNIQUE,
    citizen_id BIGINT NOT NULL,
    turn_no    INT NOT NULL,
    nth        INT NOT NULL,
    at         BIGINT NOT NULL,
    anonymous  TINYINT NOT NULL,
    unit       VARCHAR(48) NOT NULL,
    state      VARCHAR(24) NOT NULL,
    target     MEDIUMBLOB NOT NULL,  -- sealed, like all that follow
    matter     MEDIUMBLOB NOT NULL,
    place      MEDIUMBLOB NOT NULL,
    occurred   MEDIUMBLOB NOT NULL,
    name       MEDIUMBLOB NOT NULL,
    phone      MEDIUMBLOB NOT NULL,
    KEY complaint_of_citizen (citizen_id, at),
    KEY complaint_of_unit (unit, state, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- To a case, or to a holding box that expires.
CREATE TABLE IF NOT EXISTS material (
    id         BIGINT NOT NULL PRIMARY KEY,
    citizen_id BIGINT NOT NULL,
    turn_no    INT NOT NULL,
    nth        INT NOT NULL,
    at         BIGINT NOT NULL,
    case_code  VARCHAR(32),  -- NULL: in a holding box
    box_code   VARCHAR(32) UNIQUE,
    expires_at BIGINT,
    meaning    MEDIUMBLOB NOT NULL,  -- sealed
    KEY material_of_citizen (citizen_id, at),
    KEY material_of_case (case_code, at),
    KEY material_by_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Free times of rooms, mediators and counsellors. Taken by UPDATE … WHERE taken < capacity.
CREATE TABLE IF NOT EXISTS appointment_slot (
    id        BIGINT NOT NULL PRIMARY KEY,
    kind      VARCHAR(24) NOT NULL,
    starts_at BIGINT NOT NULL,
    place     VARCHAR(190) NOT NULL,  -- as a citizen is shown it
    with_whom VARCHAR(190) NOT NULL,
    capacity  INT NOT NULL,
    taken     INT NOT NULL,
    UNIQUE (kind, starts_at, place, with_whom),
    KEY appointment_slot_by_time (kind, starts_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS appointment (
    id           BIGINT NOT NULL PRIMARY KEY,
    citizen_id   BIGINT NOT NULL,
    turn_no      INT NOT NULL,
    nth          INT NOT NULL,
    kind         VARCHAR(24) NOT NULL,
    slot_id      BIGINT NOT NULL,
    starts_at    BIGINT NOT NULL,
    case_code    VARCHAR(32) NOT NULL,
    state        VARCHAR(16) NOT NULL,  -- booked, cancelled
    booked_at    BIGINT NOT NULL,
    cancelled_at BIGINT,
    phone        MEDIUMBLOB NOT NULL,  -- sealed
    KEY appointment_of_citizen (citizen_id, state, starts_at),
    KEY appointment_of_slot (slot_id, state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What only some cases have: a second category, and that the other side must not be asked until a person clears it.
CREATE TABLE IF NOT EXISTS case_extra (
    case_id         BIGINT NOT NULL PRIMARY KEY,
    second_type     VARCHAR(32) NOT NULL,
    contact_blocked TINYINT NOT NULL,
    cleared_by      VARCHAR(64) NOT NULL,
    cleared_at      BIGINT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Answers that only some kinds of dispute ask for, in the order asked.
CREATE TABLE IF NOT EXISTS case_detail (
    case_id BIGINT NOT NULL,
    nth     INT NOT NULL,
    id      VARCHAR(48) NOT NULL,
    label   VARCHAR(190) NOT NULL,
    value   MEDIUMBLOB NOT NULL,  -- sealed
    PRIMARY KEY (case_id, nth)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Eligibility rules that spoke.
CREATE TABLE IF NOT EXISTS case_flag (
    case_id BIGINT NOT NULL,
    flag    VARCHAR(48) NOT NULL,
    PRIMARY KEY (case_id, flag),
    KEY case_flag_by_flag (flag, case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- How a case ended; its line in the mediator queue is gone. last_token: of that line, so that tokens go on growing.
CREATE TABLE IF NOT EXISTS case_end (
    case_id    BIGINT NOT NULL PRIMARY KEY,
    state      VARCHAR(24) NOT NULL,
    at         BIGINT NOT NULL,
    last_token BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The applicant's acts: withdraw, reopen, supplement. Append-only.
CREATE TABLE IF NOT EXISTS case_act (
    citizen_id BIGINT NOT NULL,
    turn_no    INT NOT NULL,
    nth        INT NOT NULL,
    case_code  VARCHAR(32) NOT NULL,
    kind       VARCHAR(16) NOT NULL,
    at         BIGINT NOT NULL,
    body       MEDIUMBLOB NOT NULL,  -- sealed: reason or text
    PRIMARY KEY (citizen_id, turn_no, nth),
    KEY case_act_of_case (case_code, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Once a case.
CREATE TABLE IF NOT EXISTS case_rating (
    case_code  VARCHAR(32) NOT NULL PRIMARY KEY,
    citizen_id BIGINT NOT NULL,
    turn_no    INT NOT NULL,
    nth        INT NOT NULL,
    score      INT NOT NULL,  -- 4 very satisfied … 1 not satisfied; 0: did not want to rate
    at         BIGINT NOT NULL,
    body       MEDIUMBLOB NOT NULL,  -- sealed
    KEY case_rating_of_citizen (citizen_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The other side is asked. What they may see is read from the case and opened with the applicant's key.
CREATE TABLE IF NOT EXISTS invitation (
    code        VARCHAR(32) NOT NULL PRIMARY KEY,
    case_id     BIGINT NOT NULL,
    state       VARCHAR(16) NOT NULL,  -- open, agreed, refused, revoked
    invited_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    invited_by  VARCHAR(64) NOT NULL,
    citizen_id  BIGINT,  -- of whoever answered
    turn_no     INT,
    nth         INT,
    answered_at BIGINT,
    statement   MEDIUMBLOB,  -- sealed under the answering citizen's key, like all that follow
    name        MEDIUMBLOB,
    phone       MEDIUMBLOB,
    address     MEDIUMBLOB,
    description MEDIUMBLOB,
    KEY invitation_of_case (case_id, invited_at),
    KEY invitation_of_citizen (citizen_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Consent to other scopes than the notice (table consent), and every withdrawal. Append-only.
CREATE TABLE IF NOT EXISTS consent_act (
    citizen_id     BIGINT NOT NULL,
    turn_no        INT NOT NULL,
    nth            INT NOT NULL,
    act            VARCHAR(16) NOT NULL,  -- given, withdrawn
    scope          VARCHAR(24) NOT NULL,
    notice_version VARCHAR(32) NOT NULL,
    at             BIGINT NOT NULL,
    PRIMARY KEY (citizen_id, turn_no, nth)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Rights of the person: export, erase, correct.
CREATE TABLE IF NOT EXISTS data_request (
    citizen_id BIGINT NOT NULL,
    turn_no    INT NOT NULL,
    nth        INT NOT NULL,
    code       VARCHAR(32) NOT NULL UNIQUE,
    kind       VARCHAR(16) NOT NULL,
    state      VARCHAR(16) NOT NULL,  -- open, done, held, refused
    at         BIGINT NOT NULL,
    done_at    BIGINT,
    decision   VARCHAR(190) NOT NULL,  -- by whom and why, without personal data
    body       MEDIUMBLOB NOT NULL,  -- sealed
    PRIMARY KEY (citizen_id, turn_no, nth),
    KEY data_request_by_state (state, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What remains of an erased person.
CREATE TABLE IF NOT EXISTS erasure (
    citizen_id   BIGINT NOT NULL PRIMARY KEY,
    at           BIGINT NOT NULL,
    request_code VARCHAR(32) NOT NULL,
    decision     VARCHAR(190) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Alerts of one person that belong together, until a person closes it. No copy of what was said.
CREATE TABLE IF NOT EXISTS crisis_episode (
    citizen_id      BIGINT NOT NULL,
    opened_turn     INT NOT NULL,
    opened_at       BIGINT NOT NULL,
    last_at         BIGINT NOT NULL,
    level           VARCHAR(8) NOT NULL,  -- the highest so far
    state           VARCHAR(16) NOT NULL,  -- open, acknowledged, closed
    acknowledged_by VARCHAR(64) NOT NULL,
    acknowledged_at BIGINT,
    outcome         VARCHAR(64) NOT NULL,
    reviewer        VARCHAR(64) NOT NULL,
    reviewed_at     BIGINT,
    closed_at       BIGINT,
    PRIMARY KEY (citizen_id, opened_turn),
    KEY crisis_episode_by_state (state, opened_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The history of an episode: which alert, and which approved text was sent.
CREATE TABLE IF NOT EXISTS crisis_step (
    citizen_id  BIGINT NOT NULL,
    turn_no     INT NOT NULL,
    nth         INT NOT NULL,
    opened_turn INT NOT NULL,
    level       VARCHAR(8) NOT NULL,
    template_id VARCHAR(48) NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (citizen_id, turn_no, nth),
    KEY crisis_step_of_episode (citizen_id, opened_turn)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS psych_case (
    id         BIGINT NOT NULL PRIMARY KEY,
    code       VARCHAR(32) NOT NULL UNIQUE,
    citizen_id BIGINT NOT NULL,
    turn_no    INT NOT NULL,
    nth        INT NOT NULL,
    state      VARCHAR(24) NOT NULL,
    wish       VARCHAR(24) NOT NULL,
    at         BIGINT NOT NULL,
    name       MEDIUMBLOB NOT NULL,  -- sealed
    phone      MEDIUMBLOB NOT NULL,  -- sealed
    KEY psych_case_of_citizen (citizen_id, at),
    KEY psych_case_by_state (state, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS screening (
    citizen_id BIGINT NOT NULL,
    turn_no    INT NOT NULL,
    nth        INT NOT NULL,
    kind       VARCHAR(16) NOT NULL,
    at         BIGINT NOT NULL,
    result     MEDIUMBLOB NOT NULL,  -- sealed: answers, total and band
    PRIMARY KEY (citizen_id, turn_no, nth)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Everything that leaves for a platform by itself. A worker claims a line by a conditional UPDATE and its token.
CREATE TABLE IF NOT EXISTS outbox (
    citizen_id  BIGINT NOT NULL,
    turn_no     INT NOT NULL,
    nth         INT NOT NULL,
    kind        VARCHAR(32) NOT NULL,
    about       VARCHAR(64) NOT NULL,
    state       VARCHAR(16) NOT NULL,  -- queued, sent, failed, called_off
    due_at      BIGINT NOT NULL,  -- first; then of the next attempt
    good_until  BIGINT NOT NULL,  -- later than this it is not worth saying
    attempts    INT NOT NULL,
    owner       VARCHAR(64) NOT NULL,
    token       BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    reason      VARCHAR(64) NOT NULL,  -- why the last attempt failed
    done_at     BIGINT,
    body        MEDIUMBLOB NOT NULL,  -- sealed
    PRIMARY KEY (citizen_id, turn_no, nth),
    KEY outbox_by_due (state, due_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One line a citizen: who asked for a person, who holds the conversation. Written in the turn's transaction.
CREATE TABLE IF NOT EXISTS person_queue (
    citizen_id BIGINT NOT NULL PRIMARY KEY,
    turn_no    INT NOT NULL,  -- of the newest change
    state      VARCHAR(16) NOT NULL,  -- waiting, held, done
    reason     VARCHAR(32) NOT NULL,
    urgency    INT NOT NULL,  -- 0 ordinary, 1 front, 2 crisis
    since      BIGINT NOT NULL,
    holder     VARCHAR(64) NOT NULL,
    changed_at BIGINT NOT NULL,
    KEY person_queue_by_state (state, urgency, since)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The access token of an account, one for all replicas; whoever holds the lease fetches the next.
CREATE TABLE IF NOT EXISTS platform_token (
    account     VARCHAR(64) NOT NULL PRIMARY KEY,
    wrapped_key BLOB,  -- of the token's own data key
    token       BLOB,  -- sealed
    version     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    lease_owner VARCHAR(64) NOT NULL,
    lease_until BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
