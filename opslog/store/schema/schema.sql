-- Written by: python -m opslog.store.schema.create
CREATE TABLE change (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	at VARCHAR NOT NULL,
	session VARCHAR NOT NULL,
	label VARCHAR NOT NULL,
	args VARCHAR NOT NULL,
	state VARCHAR DEFAULT 'done' NOT NULL,
	undone_order INTEGER
);
CREATE INDEX change_state ON change (state, session);
CREATE TABLE column_memory (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	headings VARCHAR NOT NULL,
	mapping VARCHAR NOT NULL,
	used_at VARCHAR NOT NULL,
	UNIQUE (headings)
);
CREATE TABLE company_link (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	company_key VARCHAR NOT NULL,
	to_key VARCHAR NOT NULL,
	relation VARCHAR NOT NULL,
	UNIQUE (company_key)
);
CREATE INDEX company_link_to ON company_link (to_key);
CREATE TABLE copy (
	path VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	held VARCHAR DEFAULT '' NOT NULL,
	sha VARCHAR DEFAULT '' NOT NULL,
	PRIMARY KEY (path)
);
CREATE TABLE draft (
	place VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	PRIMARY KEY (place)
);
CREATE TABLE erased (
	fingerprint VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	PRIMARY KEY (fingerprint)
);
CREATE TABLE event (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	host VARCHAR DEFAULT 'own' NOT NULL,
	list VARCHAR DEFAULT 'form' NOT NULL,
	starts_at VARCHAR NOT NULL,
	ends_at VARCHAR NOT NULL,
	audience VARCHAR DEFAULT 'all' NOT NULL,
	segment VARCHAR DEFAULT '' NOT NULL,
	theme VARCHAR DEFAULT '' NOT NULL,
	place VARCHAR DEFAULT '' NOT NULL,
	tag VARCHAR DEFAULT '' NOT NULL,
	reach INTEGER,
	views INTEGER,
	shares INTEGER,
	note VARCHAR DEFAULT '' NOT NULL,
	cancelled_at VARCHAR,
	search VARCHAR DEFAULT '' NOT NULL,
	created_at VARCHAR NOT NULL,
	budget_cents INTEGER
);
CREATE TABLE field (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	"of" VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	type VARCHAR DEFAULT 'text' NOT NULL,
	choices VARCHAR DEFAULT '' NOT NULL,
	on_card BOOLEAN DEFAULT 0 NOT NULL,
	weight INTEGER DEFAULT 0 NOT NULL,
	UNIQUE ("of", name)
);
CREATE TABLE file_identity (
	id VARCHAR NOT NULL,
	secret VARCHAR NOT NULL,
	last_token VARCHAR DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE journal_now (
	id INTEGER DEFAULT 1 NOT NULL,
	change_id INTEGER,
	bulk BOOLEAN DEFAULT 0 NOT NULL,
	fresh INTEGER,
	PRIMARY KEY (id)
);
CREATE TABLE likeness (
	"key" INTEGER NOT NULL,
	ref VARCHAR NOT NULL,
	PRIMARY KEY ("key", ref)
)
 WITHOUT ROWID;
CREATE TABLE migration (
	number INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	PRIMARY KEY (number)
);
CREATE TABLE own_file (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	version INTEGER DEFAULT 1 NOT NULL,
	at VARCHAR NOT NULL,
	UNIQUE (name)
);
CREATE TABLE pair (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	kind VARCHAR NOT NULL,
	one VARCHAR NOT NULL,
	other VARCHAR NOT NULL,
	score INTEGER NOT NULL,
	reasons VARCHAR NOT NULL,
	verdict VARCHAR DEFAULT 'open' NOT NULL,
	created_at VARCHAR NOT NULL,
	decided_at VARCHAR,
	UNIQUE (kind, one, other)
);
CREATE INDEX pair_verdict ON pair (kind, verdict);
CREATE TABLE person (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR DEFAULT '' NOT NULL,
	company VARCHAR DEFAULT '' NOT NULL,
	company_key VARCHAR DEFAULT '' NOT NULL,
	title VARCHAR DEFAULT '' NOT NULL,
	phone VARCHAR DEFAULT '' NOT NULL,
	email VARCHAR DEFAULT '' NOT NULL,
	city VARCHAR DEFAULT '' NOT NULL,
	industry VARCHAR DEFAULT '' NOT NULL,
	wecom BOOLEAN,
	do_not_call BOOLEAN DEFAULT 0 NOT NULL,
	note VARCHAR DEFAULT '' NOT NULL,
	search VARCHAR DEFAULT '' NOT NULL,
	created_at VARCHAR NOT NULL,
	phones VARCHAR DEFAULT '' NOT NULL,
	emails VARCHAR DEFAULT '' NOT NULL,
	city_guess VARCHAR DEFAULT '' NOT NULL,
	last_contact_at VARCHAR,
	merged_into INTEGER,
	erased_at VARCHAR,
	FOREIGN KEY(merged_into) REFERENCES person (id)
);
CREATE INDEX person_company ON person (company_key);
CREATE INDEX person_email ON person (email);
CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX person_phone ON person (phone);
CREATE TABLE person_block (
	block INTEGER NOT NULL,
	people INTEGER NOT NULL,
	PRIMARY KEY (block)
);
CREATE TABLE setting (
	"key" VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	PRIMARY KEY ("key")
);
CREATE TABLE suppressed (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	kind VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	scope VARCHAR NOT NULL,
	since VARCHAR NOT NULL,
	"by" VARCHAR DEFAULT '' NOT NULL,
	why VARCHAR DEFAULT '' NOT NULL,
	UNIQUE (kind, value, scope)
);
CREATE TABLE change_range (
	change_id INTEGER NOT NULL,
	tbl VARCHAR NOT NULL,
	low INTEGER NOT NULL,
	high INTEGER NOT NULL,
	PRIMARY KEY (change_id, tbl),
	FOREIGN KEY(change_id) REFERENCES change (id)
)
 WITHOUT ROWID;
CREATE TABLE change_row (
	change_id INTEGER NOT NULL,
	tbl VARCHAR NOT NULL,
	row_id INTEGER NOT NULL,
	op VARCHAR NOT NULL,
	image VARCHAR,
	PRIMARY KEY (change_id, tbl, row_id),
	FOREIGN KEY(change_id) REFERENCES change (id)
)
 WITHOUT ROWID;
CREATE INDEX change_row_row ON change_row (tbl, row_id);
CREATE TABLE field_value (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	field_id INTEGER NOT NULL,
	person_id INTEGER,
	company_key VARCHAR,
	value VARCHAR NOT NULL,
	source VARCHAR DEFAULT 'operator' NOT NULL,
	UNIQUE (field_id, person_id),
	UNIQUE (field_id, company_key),
	CHECK ((person_id IS NULL) <> (company_key IS NULL)),
	FOREIGN KEY(field_id) REFERENCES field (id),
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX field_value_company ON field_value (company_key);
CREATE INDEX field_value_person ON field_value (person_id);
CREATE TABLE log (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	at VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	event_id INTEGER,
	minutes INTEGER,
	flagged BOOLEAN DEFAULT 0 NOT NULL,
	source VARCHAR DEFAULT 'typed' NOT NULL,
	search VARCHAR DEFAULT '' NOT NULL,
	created_at VARCHAR NOT NULL,
	FOREIGN KEY(event_id) REFERENCES event (id)
);
CREATE INDEX log_at ON log (at);
CREATE INDEX log_event ON log (event_id);
CREATE TABLE person_tag (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER NOT NULL,
	tag VARCHAR NOT NULL,
	UNIQUE (person_id, tag),
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX person_tag_tag ON person_tag (tag);
CREATE TABLE roster (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	event_id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	created_at VARCHAR NOT NULL,
	UNIQUE (event_id),
	FOREIGN KEY(event_id) REFERENCES event (id)
);
CREATE TABLE step (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	event_id INTEGER NOT NULL,
	"key" VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	title_en VARCHAR NOT NULL,
	anchor VARCHAR DEFAULT 'start' NOT NULL,
	"offset" INTEGER NOT NULL,
	offset_months INTEGER DEFAULT 0 NOT NULL,
	clock VARCHAR NOT NULL,
	channel VARCHAR DEFAULT '' NOT NULL,
	phase VARCHAR DEFAULT 'before' NOT NULL,
	due_at VARCHAR NOT NULL,
	planned_at VARCHAR,
	closes_at VARCHAR,
	lead_days INTEGER DEFAULT 1 NOT NULL,
	why VARCHAR DEFAULT '' NOT NULL,
	state VARCHAR DEFAULT 'floating' NOT NULL,
	done_at VARCHAR,
	snoozed_until VARCHAR,
	note VARCHAR DEFAULT '' NOT NULL,
	FOREIGN KEY(event_id) REFERENCES event (id)
);
CREATE INDEX step_due ON step (state, due_at);
CREATE INDEX step_event ON step (event_id);
CREATE TABLE target (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	event_id INTEGER NOT NULL,
	measure VARCHAR NOT NULL,
	value FLOAT NOT NULL,
	UNIQUE (event_id, measure),
	FOREIGN KEY(event_id) REFERENCES event (id)
);
CREATE TABLE card (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	roster_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	signed_up_at VARCHAR,
	attended BOOLEAN,
	minutes INTEGER,
	state VARCHAR DEFAULT 'coming' NOT NULL,
	guests INTEGER DEFAULT 0 NOT NULL,
	UNIQUE (roster_id, person_id),
	FOREIGN KEY(roster_id) REFERENCES roster (id),
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX card_person ON card (person_id);
CREATE TABLE check_item (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	step_id INTEGER NOT NULL,
	title VARCHAR NOT NULL,
	title_en VARCHAR NOT NULL,
	done_at VARCHAR,
	FOREIGN KEY(step_id) REFERENCES step (id)
);
CREATE INDEX check_item_step ON check_item (step_id);
CREATE TABLE follow_up (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	log_id INTEGER,
	text VARCHAR NOT NULL,
	due_at VARCHAR NOT NULL,
	timed BOOLEAN DEFAULT 0 NOT NULL,
	event_id INTEGER,
	person_id INTEGER,
	done_at VARCHAR,
	snoozed_until VARCHAR,
	FOREIGN KEY(log_id) REFERENCES log (id),
	FOREIGN KEY(event_id) REFERENCES event (id),
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX follow_up_due ON follow_up (done_at, due_at);
CREATE INDEX follow_up_log ON follow_up (log_id);
CREATE TABLE log_person (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	log_id INTEGER NOT NULL,
	person_id INTEGER,
	name VARCHAR NOT NULL,
	FOREIGN KEY(log_id) REFERENCES log (id),
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX log_person_log ON log_person (log_id);
CREATE INDEX log_person_person ON log_person (person_id);
CREATE TABLE log_tag (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	log_id INTEGER NOT NULL,
	tag VARCHAR NOT NULL,
	FOREIGN KEY(log_id) REFERENCES log (id)
);
CREATE INDEX log_tag_log ON log_tag (log_id);
CREATE INDEX log_tag_tag ON log_tag (tag);
CREATE TABLE roster_file (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	roster_id INTEGER NOT NULL,
	file VARCHAR NOT NULL,
	sheet VARCHAR DEFAULT '' NOT NULL,
	encoding VARCHAR DEFAULT '' NOT NULL,
	header_row INTEGER NOT NULL,
	columns VARCHAR NOT NULL,
	mapping VARCHAR NOT NULL,
	read INTEGER NOT NULL,
	new INTEGER NOT NULL,
	updated INTEGER NOT NULL,
	unchanged INTEGER NOT NULL,
	duplicate INTEGER NOT NULL,
	problem INTEGER NOT NULL,
	imported_at VARCHAR NOT NULL,
	kind VARCHAR DEFAULT 'signup' NOT NULL,
	profile VARCHAR DEFAULT '' NOT NULL,
	withdrawn_at VARCHAR,
	sections VARCHAR DEFAULT '' NOT NULL,
	min_minutes INTEGER,
	FOREIGN KEY(roster_id) REFERENCES roster (id)
);
CREATE INDEX roster_file_roster ON roster_file (roster_id);
CREATE TABLE round (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	roster_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	opened_at VARCHAR NOT NULL,
	closed_at VARCHAR,
	UNIQUE (roster_id, number),
	FOREIGN KEY(roster_id) REFERENCES roster (id)
);
CREATE TABLE decision (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	round_id INTEGER NOT NULL,
	card_id INTEGER NOT NULL,
	verdict VARCHAR NOT NULL,
	reason VARCHAR DEFAULT '' NOT NULL,
	decided_by VARCHAR DEFAULT 'operator' NOT NULL,
	at VARCHAR NOT NULL,
	FOREIGN KEY(round_id) REFERENCES round (id),
	FOREIGN KEY(card_id) REFERENCES card (id)
);
CREATE INDEX decision_card ON decision (card_id);
CREATE INDEX decision_round_card ON decision (round_id, card_id);
CREATE TABLE roster_row (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	roster_id INTEGER NOT NULL,
	file_id INTEGER NOT NULL,
	card_id INTEGER,
	line INTEGER NOT NULL,
	cells VARCHAR NOT NULL,
	result VARCHAR NOT NULL,
	problems VARCHAR DEFAULT '' NOT NULL,
	mended VARCHAR DEFAULT '' NOT NULL,
	FOREIGN KEY(roster_id) REFERENCES roster (id),
	FOREIGN KEY(file_id) REFERENCES roster_file (id),
	FOREIGN KEY(card_id) REFERENCES card (id)
);
CREATE INDEX roster_row_card ON roster_row (card_id);
CREATE INDEX roster_row_open ON roster_row (roster_id) WHERE problems NOT IN ('', '["staff"]', '["more_phones"]') AND mended='';
CREATE INDEX roster_row_roster ON roster_row (roster_id);
CREATE TABLE source (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER NOT NULL,
	"column" VARCHAR NOT NULL,
	file_id INTEGER,
	UNIQUE (person_id, "column"),
	FOREIGN KEY(person_id) REFERENCES person (id),
	FOREIGN KEY(file_id) REFERENCES roster_file (id)
);
CREATE INDEX source_file ON source (file_id) WHERE file_id IS NOT NULL;
CREATE TABLE touch (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	card_id INTEGER NOT NULL,
	purpose VARCHAR NOT NULL,
	lane VARCHAR NOT NULL,
	outcome VARCHAR NOT NULL,
	reason VARCHAR DEFAULT '' NOT NULL,
	note VARCHAR DEFAULT '' NOT NULL,
	next_at VARCHAR,
	promised BOOLEAN DEFAULT 0 NOT NULL,
	at VARCHAR NOT NULL,
	FOREIGN KEY(card_id) REFERENCES card (id)
);
CREATE INDEX touch_card ON touch (card_id, purpose);
CREATE INDEX touch_next ON touch (next_at);
CREATE VIRTUAL TABLE event_fts USING fts5(search, content='event', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
INSERT INTO event_fts(event_fts, rank) VALUES ('hashsize', 16777216);
CREATE TRIGGER event_fts_insert AFTER INSERT ON event BEGIN INSERT INTO event_fts(rowid, search) VALUES (NEW.id, NEW.search); END;
CREATE TRIGGER event_fts_delete AFTER DELETE ON event BEGIN INSERT INTO event_fts(event_fts, rowid, search) VALUES ('delete', OLD.id, OLD.search); END;
CREATE TRIGGER event_fts_update AFTER UPDATE OF search ON event WHEN OLD.search IS NOT NEW.search BEGIN INSERT INTO event_fts(event_fts, rowid, search) VALUES ('delete', OLD.id, OLD.search); INSERT INTO event_fts(rowid, search) VALUES (NEW.id, NEW.search); END;
CREATE VIRTUAL TABLE log_fts USING fts5(search, content='log', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
INSERT INTO log_fts(log_fts, rank) VALUES ('hashsize', 16777216);
CREATE TRIGGER log_fts_insert AFTER INSERT ON log BEGIN INSERT INTO log_fts(rowid, search) VALUES (NEW.id, NEW.search); END;
CREATE TRIGGER log_fts_delete AFTER DELETE ON log BEGIN INSERT INTO log_fts(log_fts, rowid, search) VALUES ('delete', OLD.id, OLD.search); END;
CREATE TRIGGER log_fts_update AFTER UPDATE OF search ON log WHEN OLD.search IS NOT NEW.search BEGIN INSERT INTO log_fts(log_fts, rowid, search) VALUES ('delete', OLD.id, OLD.search); INSERT INTO log_fts(rowid, search) VALUES (NEW.id, NEW.search); END;
CREATE VIEW person_found AS SELECT id, CASE WHEN person.merged_into IS NULL AND person.erased_at IS NULL THEN person.search || ' ' || char(57345) || hex(person.city) || ' ' || char(57346) || hex(person.industry) || ' ' || char(57347) || hex(person.title) || ' ' || char(57348) || coalesce(person.wecom, 'x') || ' ' || char(57349) || coalesce(replace(replace(substr(person.last_contact_at, 1, 13), '-', ''), 'T', ''), 'x') ELSE '' END AS search FROM person;
CREATE VIRTUAL TABLE person_fts USING fts5(search, content='person_found', content_rowid='id', tokenize='unicode61 remove_diacritics 2', columnsize=0);
INSERT INTO person_fts(person_fts, rank) VALUES ('hashsize', 16777216);
CREATE VIRTUAL TABLE reach_fts USING fts5(phone, phones, content='person', content_rowid='id', tokenize='trigram', columnsize=0);
INSERT INTO reach_fts(reach_fts, rank) VALUES ('hashsize', 16777216);
CREATE TRIGGER person_found_insert AFTER INSERT ON person WHEN (SELECT fresh IS NULL FROM journal_now) BEGIN INSERT INTO person_fts(rowid, search) VALUES (NEW.id, CASE WHEN NEW.merged_into IS NULL AND NEW.erased_at IS NULL THEN NEW.search || ' ' || char(57345) || hex(NEW.city) || ' ' || char(57346) || hex(NEW.industry) || ' ' || char(57347) || hex(NEW.title) || ' ' || char(57348) || coalesce(NEW.wecom, 'x') || ' ' || char(57349) || coalesce(replace(replace(substr(NEW.last_contact_at, 1, 13), '-', ''), 'T', ''), 'x') ELSE '' END); INSERT INTO reach_fts(rowid, phone, phones) VALUES (NEW.id, NEW.phone, NEW.phones); INSERT INTO person_block(block, people) SELECT NEW.id / 1024, 1 WHERE NEW.merged_into IS NULL AND NEW.erased_at IS NULL ON CONFLICT(block) DO UPDATE SET people=people + 1; END;
CREATE TRIGGER person_found_delete AFTER DELETE ON person WHEN (SELECT fresh IS NULL OR OLD.id <= fresh FROM journal_now) BEGIN INSERT INTO person_fts(person_fts, rowid, search) VALUES ('delete', OLD.id, CASE WHEN OLD.merged_into IS NULL AND OLD.erased_at IS NULL THEN OLD.search || ' ' || char(57345) || hex(OLD.city) || ' ' || char(57346) || hex(OLD.industry) || ' ' || char(57347) || hex(OLD.title) || ' ' || char(57348) || coalesce(OLD.wecom, 'x') || ' ' || char(57349) || coalesce(replace(replace(substr(OLD.last_contact_at, 1, 13), '-', ''), 'T', ''), 'x') ELSE '' END); INSERT INTO reach_fts(reach_fts, rowid, phone, phones) VALUES ('delete', OLD.id, OLD.phone, OLD.phones); UPDATE person_block SET people=people - 1 WHERE block=OLD.id / 1024 AND OLD.merged_into IS NULL AND OLD.erased_at IS NULL; END;
CREATE TRIGGER person_fts_update AFTER UPDATE OF search, city, industry, title, wecom, last_contact_at, merged_into, erased_at ON person WHEN (SELECT fresh IS NULL OR OLD.id <= fresh FROM journal_now) AND CASE WHEN OLD.merged_into IS NULL AND OLD.erased_at IS NULL THEN OLD.search || ' ' || char(57345) || hex(OLD.city) || ' ' || char(57346) || hex(OLD.industry) || ' ' || char(57347) || hex(OLD.title) || ' ' || char(57348) || coalesce(OLD.wecom, 'x') || ' ' || char(57349) || coalesce(replace(replace(substr(OLD.last_contact_at, 1, 13), '-', ''), 'T', ''), 'x') ELSE '' END IS NOT CASE WHEN NEW.merged_into IS NULL AND NEW.erased_at IS NULL THEN NEW.search || ' ' || char(57345) || hex(NEW.city) || ' ' || char(57346) || hex(NEW.industry) || ' ' || char(57347) || hex(NEW.title) || ' ' || char(57348) || coalesce(NEW.wecom, 'x') || ' ' || char(57349) || coalesce(replace(replace(substr(NEW.last_contact_at, 1, 13), '-', ''), 'T', ''), 'x') ELSE '' END BEGIN INSERT INTO person_fts(person_fts, rowid, search) VALUES ('delete', OLD.id, CASE WHEN OLD.merged_into IS NULL AND OLD.erased_at IS NULL THEN OLD.search || ' ' || char(57345) || hex(OLD.city) || ' ' || char(57346) || hex(OLD.industry) || ' ' || char(57347) || hex(OLD.title) || ' ' || char(57348) || coalesce(OLD.wecom, 'x') || ' ' || char(57349) || coalesce(replace(replace(substr(OLD.last_contact_at, 1, 13), '-', ''), 'T', ''), 'x') ELSE '' END); INSERT INTO person_fts(rowid, search) VALUES (NEW.id, CASE WHEN NEW.merged_into IS NULL AND NEW.erased_at IS NULL THEN NEW.search || ' ' || char(57345) || hex(NEW.city) || ' ' || char(57346) || hex(NEW.industry) || ' ' || char(57347) || hex(NEW.title) || ' ' || char(57348) || coalesce(NEW.wecom, 'x') || ' ' || char(57349) || coalesce(replace(replace(substr(NEW.last_contact_at, 1, 13), '-', ''), 'T', ''), 'x') ELSE '' END); END;
CREATE TRIGGER reach_fts_update AFTER UPDATE OF phone, phones ON person WHEN (SELECT fresh IS NULL OR OLD.id <= fresh FROM journal_now) AND (OLD.phone IS NOT NEW.phone OR OLD.phones IS NOT NEW.phones) BEGIN INSERT INTO reach_fts(reach_fts, rowid, phone, phones) VALUES ('delete', OLD.id, OLD.phone, OLD.phones); INSERT INTO reach_fts(rowid, phone, phones) VALUES (NEW.id, NEW.phone, NEW.phones); END;
CREATE TRIGGER person_block_update AFTER UPDATE OF merged_into, erased_at ON person WHEN (SELECT fresh IS NULL OR OLD.id <= fresh FROM journal_now) AND (OLD.merged_into IS NULL AND OLD.erased_at IS NULL) IS NOT (NEW.merged_into IS NULL AND NEW.erased_at IS NULL) BEGIN UPDATE person_block SET people=people - 1 WHERE block=OLD.id / 1024 AND OLD.merged_into IS NULL AND OLD.erased_at IS NULL; INSERT INTO person_block(block, people) SELECT NEW.id / 1024, 1 WHERE NEW.merged_into IS NULL AND NEW.erased_at IS NULL ON CONFLICT(block) DO UPDATE SET people=people + 1; END;
CREATE TRIGGER journal_column_memory_insert AFTER INSERT ON "column_memory"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='column_memory' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'column_memory', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='column_memory' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_column_memory_update AFTER UPDATE ON "column_memory"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'column_memory', OLD.id, 'U', json_object('id', OLD."id", 'headings', OLD."headings", 'mapping', OLD."mapping", 'used_at', OLD."used_at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='column_memory' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_column_memory_delete AFTER DELETE ON "column_memory"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'column_memory', OLD.id, 'X', json_object('id', OLD."id", 'headings', OLD."headings", 'mapping', OLD."mapping", 'used_at', OLD."used_at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='column_memory' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='column_memory' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='column_memory' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_company_link_insert AFTER INSERT ON "company_link"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='company_link' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'company_link', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='company_link' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_company_link_update AFTER UPDATE ON "company_link"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'company_link', OLD.id, 'U', json_object('id', OLD."id", 'company_key', OLD."company_key", 'to_key', OLD."to_key", 'relation', OLD."relation")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='company_link' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_company_link_delete AFTER DELETE ON "company_link"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'company_link', OLD.id, 'X', json_object('id', OLD."id", 'company_key', OLD."company_key", 'to_key', OLD."to_key", 'relation', OLD."relation")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='company_link' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='company_link' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='company_link' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_event_insert AFTER INSERT ON "event"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='event' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'event', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='event' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_event_update AFTER UPDATE ON "event"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'event', OLD.id, 'U', json_object('id', OLD."id", 'name', OLD."name", 'kind', OLD."kind", 'host', OLD."host", 'list', OLD."list", 'starts_at', OLD."starts_at", 'ends_at', OLD."ends_at", 'audience', OLD."audience", 'segment', OLD."segment", 'theme', OLD."theme", 'place', OLD."place", 'tag', OLD."tag", 'reach', OLD."reach", 'views', OLD."views", 'shares', OLD."shares", 'note', OLD."note", 'cancelled_at', OLD."cancelled_at", 'search', OLD."search", 'created_at', OLD."created_at", 'budget_cents', OLD."budget_cents")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='event' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_event_delete AFTER DELETE ON "event"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'event', OLD.id, 'X', json_object('id', OLD."id", 'name', OLD."name", 'kind', OLD."kind", 'host', OLD."host", 'list', OLD."list", 'starts_at', OLD."starts_at", 'ends_at', OLD."ends_at", 'audience', OLD."audience", 'segment', OLD."segment", 'theme', OLD."theme", 'place', OLD."place", 'tag', OLD."tag", 'reach', OLD."reach", 'views', OLD."views", 'shares', OLD."shares", 'note', OLD."note", 'cancelled_at', OLD."cancelled_at", 'search', OLD."search", 'created_at', OLD."created_at", 'budget_cents', OLD."budget_cents")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='event' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='event' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='event' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_field_insert AFTER INSERT ON "field"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='field' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'field', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='field' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_field_update AFTER UPDATE ON "field"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'field', OLD.id, 'U', json_object('id', OLD."id", 'of', OLD."of", 'name', OLD."name", 'type', OLD."type", 'choices', OLD."choices", 'on_card', OLD."on_card", 'weight', OLD."weight")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='field' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_field_delete AFTER DELETE ON "field"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'field', OLD.id, 'X', json_object('id', OLD."id", 'of', OLD."of", 'name', OLD."name", 'type', OLD."type", 'choices', OLD."choices", 'on_card', OLD."on_card", 'weight', OLD."weight")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='field' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='field' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='field' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_own_file_insert AFTER INSERT ON "own_file"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='own_file' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'own_file', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='own_file' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_own_file_update AFTER UPDATE ON "own_file"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'own_file', OLD.id, 'U', json_object('id', OLD."id", 'name', OLD."name", 'text', OLD."text", 'version', OLD."version", 'at', OLD."at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='own_file' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_own_file_delete AFTER DELETE ON "own_file"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'own_file', OLD.id, 'X', json_object('id', OLD."id", 'name', OLD."name", 'text', OLD."text", 'version', OLD."version", 'at', OLD."at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='own_file' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='own_file' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='own_file' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_pair_insert AFTER INSERT ON "pair"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='pair' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'pair', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='pair' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_pair_update AFTER UPDATE ON "pair"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'pair', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'one', OLD."one", 'other', OLD."other", 'score', OLD."score", 'reasons', OLD."reasons", 'verdict', OLD."verdict", 'created_at', OLD."created_at", 'decided_at', OLD."decided_at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='pair' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_pair_delete AFTER DELETE ON "pair"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'pair', OLD.id, 'X', json_object('id', OLD."id", 'kind', OLD."kind", 'one', OLD."one", 'other', OLD."other", 'score', OLD."score", 'reasons', OLD."reasons", 'verdict', OLD."verdict", 'created_at', OLD."created_at", 'decided_at', OLD."decided_at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='pair' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='pair' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='pair' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_person_insert AFTER INSERT ON "person"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='person' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'person', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='person' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_person_update AFTER UPDATE ON "person"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'person', OLD.id, 'U', json_object('id', OLD."id", 'name', OLD."name", 'company', OLD."company", 'company_key', OLD."company_key", 'title', OLD."title", 'phone', OLD."phone", 'email', OLD."email", 'city', OLD."city", 'industry', OLD."industry", 'wecom', OLD."wecom", 'do_not_call', OLD."do_not_call", 'note', OLD."note", 'search', OLD."search", 'created_at', OLD."created_at", 'phones', OLD."phones", 'emails', OLD."emails", 'city_guess', OLD."city_guess", 'last_contact_at', OLD."last_contact_at", 'merged_into', OLD."merged_into", 'erased_at', OLD."erased_at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='person' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_person_delete AFTER DELETE ON "person"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'person', OLD.id, 'X', json_object('id', OLD."id", 'name', OLD."name", 'company', OLD."company", 'company_key', OLD."company_key", 'title', OLD."title", 'phone', OLD."phone", 'email', OLD."email", 'city', OLD."city", 'industry', OLD."industry", 'wecom', OLD."wecom", 'do_not_call', OLD."do_not_call", 'note', OLD."note", 'search', OLD."search", 'created_at', OLD."created_at", 'phones', OLD."phones", 'emails', OLD."emails", 'city_guess', OLD."city_guess", 'last_contact_at', OLD."last_contact_at", 'merged_into', OLD."merged_into", 'erased_at', OLD."erased_at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='person' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='person' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='person' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_suppressed_insert AFTER INSERT ON "suppressed"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='suppressed' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'suppressed', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='suppressed' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_suppressed_update AFTER UPDATE ON "suppressed"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'suppressed', OLD.id, 'U', json_object('id', OLD."id", 'kind', OLD."kind", 'value', OLD."value", 'scope', OLD."scope", 'since', OLD."since", 'by', OLD."by", 'why', OLD."why")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='suppressed' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_suppressed_delete AFTER DELETE ON "suppressed"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'suppressed', OLD.id, 'X', json_object('id', OLD."id", 'kind', OLD."kind", 'value', OLD."value", 'scope', OLD."scope", 'since', OLD."since", 'by', OLD."by", 'why', OLD."why")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='suppressed' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='suppressed' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='suppressed' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_field_value_insert AFTER INSERT ON "field_value"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='field_value' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'field_value', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='field_value' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_field_value_update AFTER UPDATE ON "field_value"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'field_value', OLD.id, 'U', json_object('id', OLD."id", 'field_id', OLD."field_id", 'person_id', OLD."person_id", 'company_key', OLD."company_key", 'value', OLD."value", 'source', OLD."source")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='field_value' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_field_value_delete AFTER DELETE ON "field_value"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'field_value', OLD.id, 'X', json_object('id', OLD."id", 'field_id', OLD."field_id", 'person_id', OLD."person_id", 'company_key', OLD."company_key", 'value', OLD."value", 'source', OLD."source")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='field_value' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='field_value' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='field_value' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_log_insert AFTER INSERT ON "log"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'log', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_log_update AFTER UPDATE ON "log"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'log', OLD.id, 'U', json_object('id', OLD."id", 'at', OLD."at", 'text', OLD."text", 'event_id', OLD."event_id", 'minutes', OLD."minutes", 'flagged', OLD."flagged", 'source', OLD."source", 'search', OLD."search", 'created_at', OLD."created_at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_log_delete AFTER DELETE ON "log"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'log', OLD.id, 'X', json_object('id', OLD."id", 'at', OLD."at", 'text', OLD."text", 'event_id', OLD."event_id", 'minutes', OLD."minutes", 'flagged', OLD."flagged", 'source', OLD."source", 'search', OLD."search", 'created_at', OLD."created_at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_person_tag_insert AFTER INSERT ON "person_tag"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='person_tag' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'person_tag', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='person_tag' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_person_tag_update AFTER UPDATE ON "person_tag"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'person_tag', OLD.id, 'U', json_object('id', OLD."id", 'person_id', OLD."person_id", 'tag', OLD."tag")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='person_tag' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_person_tag_delete AFTER DELETE ON "person_tag"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'person_tag', OLD.id, 'X', json_object('id', OLD."id", 'person_id', OLD."person_id", 'tag', OLD."tag")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='person_tag' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='person_tag' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='person_tag' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_roster_insert AFTER INSERT ON "roster"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'roster', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_roster_update AFTER UPDATE ON "roster"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'roster', OLD.id, 'U', json_object('id', OLD."id", 'event_id', OLD."event_id", 'name', OLD."name", 'created_at', OLD."created_at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_roster_delete AFTER DELETE ON "roster"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'roster', OLD.id, 'X', json_object('id', OLD."id", 'event_id', OLD."event_id", 'name', OLD."name", 'created_at', OLD."created_at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_step_insert AFTER INSERT ON "step"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='step' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'step', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='step' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_step_update AFTER UPDATE ON "step"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'step', OLD.id, 'U', json_object('id', OLD."id", 'event_id', OLD."event_id", 'key', OLD."key", 'title', OLD."title", 'title_en', OLD."title_en", 'anchor', OLD."anchor", 'offset', OLD."offset", 'offset_months', OLD."offset_months", 'clock', OLD."clock", 'channel', OLD."channel", 'phase', OLD."phase", 'due_at', OLD."due_at", 'planned_at', OLD."planned_at", 'closes_at', OLD."closes_at", 'lead_days', OLD."lead_days", 'why', OLD."why", 'state', OLD."state", 'done_at', OLD."done_at", 'snoozed_until', OLD."snoozed_until", 'note', OLD."note")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='step' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_step_delete AFTER DELETE ON "step"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'step', OLD.id, 'X', json_object('id', OLD."id", 'event_id', OLD."event_id", 'key', OLD."key", 'title', OLD."title", 'title_en', OLD."title_en", 'anchor', OLD."anchor", 'offset', OLD."offset", 'offset_months', OLD."offset_months", 'clock', OLD."clock", 'channel', OLD."channel", 'phase', OLD."phase", 'due_at', OLD."due_at", 'planned_at', OLD."planned_at", 'closes_at', OLD."closes_at", 'lead_days', OLD."lead_days", 'why', OLD."why", 'state', OLD."state", 'done_at', OLD."done_at", 'snoozed_until', OLD."snoozed_until", 'note', OLD."note")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='step' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='step' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='step' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_target_insert AFTER INSERT ON "target"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='target' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'target', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='target' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_target_update AFTER UPDATE ON "target"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'target', OLD.id, 'U', json_object('id', OLD."id", 'event_id', OLD."event_id", 'measure', OLD."measure", 'value', OLD."value")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='target' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_target_delete AFTER DELETE ON "target"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'target', OLD.id, 'X', json_object('id', OLD."id", 'event_id', OLD."event_id", 'measure', OLD."measure", 'value', OLD."value")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='target' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='target' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='target' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_card_insert AFTER INSERT ON "card"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='card' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'card', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='card' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_card_update AFTER UPDATE ON "card"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'card', OLD.id, 'U', json_object('id', OLD."id", 'roster_id', OLD."roster_id", 'person_id', OLD."person_id", 'signed_up_at', OLD."signed_up_at", 'attended', OLD."attended", 'minutes', OLD."minutes", 'state', OLD."state", 'guests', OLD."guests")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='card' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_card_delete AFTER DELETE ON "card"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'card', OLD.id, 'X', json_object('id', OLD."id", 'roster_id', OLD."roster_id", 'person_id', OLD."person_id", 'signed_up_at', OLD."signed_up_at", 'attended', OLD."attended", 'minutes', OLD."minutes", 'state', OLD."state", 'guests', OLD."guests")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='card' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='card' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='card' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_check_item_insert AFTER INSERT ON "check_item"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='check_item' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'check_item', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='check_item' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_check_item_update AFTER UPDATE ON "check_item"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'check_item', OLD.id, 'U', json_object('id', OLD."id", 'step_id', OLD."step_id", 'title', OLD."title", 'title_en', OLD."title_en", 'done_at', OLD."done_at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='check_item' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_check_item_delete AFTER DELETE ON "check_item"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'check_item', OLD.id, 'X', json_object('id', OLD."id", 'step_id', OLD."step_id", 'title', OLD."title", 'title_en', OLD."title_en", 'done_at', OLD."done_at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='check_item' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='check_item' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='check_item' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_follow_up_insert AFTER INSERT ON "follow_up"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='follow_up' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'follow_up', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='follow_up' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_follow_up_update AFTER UPDATE ON "follow_up"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'follow_up', OLD.id, 'U', json_object('id', OLD."id", 'log_id', OLD."log_id", 'text', OLD."text", 'due_at', OLD."due_at", 'timed', OLD."timed", 'event_id', OLD."event_id", 'person_id', OLD."person_id", 'done_at', OLD."done_at", 'snoozed_until', OLD."snoozed_until")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='follow_up' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_follow_up_delete AFTER DELETE ON "follow_up"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'follow_up', OLD.id, 'X', json_object('id', OLD."id", 'log_id', OLD."log_id", 'text', OLD."text", 'due_at', OLD."due_at", 'timed', OLD."timed", 'event_id', OLD."event_id", 'person_id', OLD."person_id", 'done_at', OLD."done_at", 'snoozed_until', OLD."snoozed_until")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='follow_up' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='follow_up' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='follow_up' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_log_person_insert AFTER INSERT ON "log_person"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log_person' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'log_person', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log_person' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_log_person_update AFTER UPDATE ON "log_person"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'log_person', OLD.id, 'U', json_object('id', OLD."id", 'log_id', OLD."log_id", 'person_id', OLD."person_id", 'name', OLD."name")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log_person' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_log_person_delete AFTER DELETE ON "log_person"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'log_person', OLD.id, 'X', json_object('id', OLD."id", 'log_id', OLD."log_id", 'person_id', OLD."person_id", 'name', OLD."name")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log_person' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log_person' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log_person' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_log_tag_insert AFTER INSERT ON "log_tag"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log_tag' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'log_tag', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log_tag' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_log_tag_update AFTER UPDATE ON "log_tag"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'log_tag', OLD.id, 'U', json_object('id', OLD."id", 'log_id', OLD."log_id", 'tag', OLD."tag")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log_tag' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_log_tag_delete AFTER DELETE ON "log_tag"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'log_tag', OLD.id, 'X', json_object('id', OLD."id", 'log_id', OLD."log_id", 'tag', OLD."tag")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log_tag' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log_tag' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='log_tag' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_roster_file_insert AFTER INSERT ON "roster_file"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster_file' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'roster_file', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster_file' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_roster_file_update AFTER UPDATE ON "roster_file"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'roster_file', OLD.id, 'U', json_object('id', OLD."id", 'roster_id', OLD."roster_id", 'file', OLD."file", 'sheet', OLD."sheet", 'encoding', OLD."encoding", 'header_row', OLD."header_row", 'columns', OLD."columns", 'mapping', OLD."mapping", 'read', OLD."read", 'new', OLD."new", 'updated', OLD."updated", 'unchanged', OLD."unchanged", 'duplicate', OLD."duplicate", 'problem', OLD."problem", 'imported_at', OLD."imported_at", 'kind', OLD."kind", 'profile', OLD."profile", 'withdrawn_at', OLD."withdrawn_at", 'sections', OLD."sections", 'min_minutes', OLD."min_minutes")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster_file' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_roster_file_delete AFTER DELETE ON "roster_file"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'roster_file', OLD.id, 'X', json_object('id', OLD."id", 'roster_id', OLD."roster_id", 'file', OLD."file", 'sheet', OLD."sheet", 'encoding', OLD."encoding", 'header_row', OLD."header_row", 'columns', OLD."columns", 'mapping', OLD."mapping", 'read', OLD."read", 'new', OLD."new", 'updated', OLD."updated", 'unchanged', OLD."unchanged", 'duplicate', OLD."duplicate", 'problem', OLD."problem", 'imported_at', OLD."imported_at", 'kind', OLD."kind", 'profile', OLD."profile", 'withdrawn_at', OLD."withdrawn_at", 'sections', OLD."sections", 'min_minutes', OLD."min_minutes")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster_file' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster_file' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster_file' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_round_insert AFTER INSERT ON "round"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='round' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'round', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='round' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_round_update AFTER UPDATE ON "round"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'round', OLD.id, 'U', json_object('id', OLD."id", 'roster_id', OLD."roster_id", 'number', OLD."number", 'opened_at', OLD."opened_at", 'closed_at', OLD."closed_at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='round' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_round_delete AFTER DELETE ON "round"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'round', OLD.id, 'X', json_object('id', OLD."id", 'roster_id', OLD."roster_id", 'number', OLD."number", 'opened_at', OLD."opened_at", 'closed_at', OLD."closed_at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='round' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='round' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='round' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_decision_insert AFTER INSERT ON "decision"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='decision' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'decision', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='decision' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_decision_update AFTER UPDATE ON "decision"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'decision', OLD.id, 'U', json_object('id', OLD."id", 'round_id', OLD."round_id", 'card_id', OLD."card_id", 'verdict', OLD."verdict", 'reason', OLD."reason", 'decided_by', OLD."decided_by", 'at', OLD."at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='decision' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_decision_delete AFTER DELETE ON "decision"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'decision', OLD.id, 'X', json_object('id', OLD."id", 'round_id', OLD."round_id", 'card_id', OLD."card_id", 'verdict', OLD."verdict", 'reason', OLD."reason", 'decided_by', OLD."decided_by", 'at', OLD."at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='decision' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='decision' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='decision' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_roster_row_insert AFTER INSERT ON "roster_row"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster_row' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'roster_row', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster_row' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_roster_row_update AFTER UPDATE ON "roster_row"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'roster_row', OLD.id, 'U', json_object('id', OLD."id", 'roster_id', OLD."roster_id", 'file_id', OLD."file_id", 'card_id', OLD."card_id", 'line', OLD."line", 'cells', OLD."cells", 'result', OLD."result", 'problems', OLD."problems", 'mended', OLD."mended")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster_row' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_roster_row_delete AFTER DELETE ON "roster_row"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'roster_row', OLD.id, 'X', json_object('id', OLD."id", 'roster_id', OLD."roster_id", 'file_id', OLD."file_id", 'card_id', OLD."card_id", 'line', OLD."line", 'cells', OLD."cells", 'result', OLD."result", 'problems', OLD."problems", 'mended', OLD."mended")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster_row' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster_row' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='roster_row' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_source_insert AFTER INSERT ON "source"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='source' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'source', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='source' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_source_update AFTER UPDATE ON "source"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'source', OLD.id, 'U', json_object('id', OLD."id", 'person_id', OLD."person_id", 'column', OLD."column", 'file_id', OLD."file_id")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='source' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_source_delete AFTER DELETE ON "source"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'source', OLD.id, 'X', json_object('id', OLD."id", 'person_id', OLD."person_id", 'column', OLD."column", 'file_id', OLD."file_id")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='source' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='source' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='source' AND row_id=OLD.id AND op IN ('U', 'X');
END;
CREATE TRIGGER journal_touch_insert AFTER INSERT ON "touch"
WHEN (SELECT change_id IS NOT NULL AND NOT bulk FROM journal_now)
BEGIN
  UPDATE change_row SET op='U' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='touch' AND row_id=NEW.id;
  INSERT INTO change_row(change_id, tbl, row_id, op)
    SELECT (SELECT change_id FROM journal_now), 'touch', NEW.id, 'I'
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='touch' AND row_id=NEW.id);
END;
CREATE TRIGGER journal_touch_update AFTER UPDATE ON "touch"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'touch', OLD.id, 'U', json_object('id', OLD."id", 'card_id', OLD."card_id", 'purpose', OLD."purpose", 'lane', OLD."lane", 'outcome', OLD."outcome", 'reason', OLD."reason", 'note', OLD."note", 'next_at', OLD."next_at", 'promised', OLD."promised", 'at', OLD."at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='touch' AND row_id=OLD.id);
END;
CREATE TRIGGER journal_touch_delete AFTER DELETE ON "touch"
WHEN (SELECT change_id FROM journal_now) IS NOT NULL
BEGIN
  INSERT INTO change_row(change_id, tbl, row_id, op, image)
    SELECT (SELECT change_id FROM journal_now), 'touch', OLD.id, 'X', json_object('id', OLD."id", 'card_id', OLD."card_id", 'purpose', OLD."purpose", 'lane', OLD."lane", 'outcome', OLD."outcome", 'reason', OLD."reason", 'note', OLD."note", 'next_at', OLD."next_at", 'promised', OLD."promised", 'at', OLD."at")
    WHERE NOT EXISTS (SELECT 1 FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='touch' AND row_id=OLD.id);
  DELETE FROM change_row WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='touch' AND row_id=OLD.id AND op='I';
  UPDATE change_row SET op='D' WHERE change_id=(SELECT change_id FROM journal_now) AND tbl='touch' AND row_id=OLD.id AND op IN ('U', 'X');
END;
INSERT INTO journal_now(id, change_id, bulk) VALUES (1, NULL, 0);
INSERT INTO file_identity(id, secret) VALUES (lower(hex(randomblob(16))), lower(hex(randomblob(32))));
PRAGMA application_id=1869640556;
PRAGMA user_version=5;
