-- A report reads the ledger by kind alone: the wanted kinds of everybody, each from its own stretch of one covering index.
-- By person only some hundreds are read at a time, and their facts lie near one another.
drop index monitoring.fact_by_kind;
drop index monitoring.fact_by_person;
create index fact_by_kind on monitoring.fact (ambito_id, kind, action, on_day) include (person_id, id, minutes, reverses);
create index fact_by_person on monitoring.fact (ambito_id, person_id, on_day) where person_id is not null and reverses is null;
