-- One index says that a fact is heard once, and finds all that rests on a piece of evidence.
alter table monitoring.fact drop constraint fact_ambito_id_event_id_kind_person_id_evidence_key;
drop index monitoring.fact_by_evidence;
alter table monitoring.fact add constraint fact_heard_once unique nulls not distinct (ambito_id, evidence, event_id, kind, person_id);
