-- A visit taken back at once is one more reason; the same arrival may then be served again, under the lock of its row.
alter table desk.withdrawal drop constraint withdrawal_reason_check;
alter table desk.withdrawal add constraint withdrawal_reason_check
  check (reason in ('wrong_person', 'twice', 'not_happened', 'wrong_data', 'undone'));
alter table desk.visit drop constraint visit_ambito_id_arrival_id_person_id_key;
create index visit_by_arrival on desk.visit (ambito_id, arrival_id) where arrival_id is not null;
