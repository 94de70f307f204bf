-- Task definitions that are being written.
CREATE TABLE drafts (
    -- 128 bits of chance: who has the id has the link.
    id TEXT PRIMARY KEY,
    owner_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    -- What a person called it; empty for the family's name.
    title TEXT NOT NULL,
    family TEXT NOT NULL,
    -- The revision that it began from, as family:number.
    based_on TEXT,
    -- As typed, readable or not.
    body TEXT NOT NULL,
    -- The last body that could be read.
    readable TEXT NOT NULL,
    -- Grows by one with each change of the body.
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    -- A deleted one is kept for a while, to be taken back.
    deleted_at BIGINT
);
CREATE INDEX drafts_by_owner ON drafts (owner_id, changed_at);

-- Who has opened a draft, its owner included, and when it was last open at that member's.
CREATE TABLE draft_people (
    draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (draft_id, member_id)
);
CREATE INDEX draft_people_by_member ON draft_people (member_id);
