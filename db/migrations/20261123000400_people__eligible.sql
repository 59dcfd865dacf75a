-- For whoever counts everybody: each part of people.standing by itself, so that a million facts meet only the rows that matter.
create view people.eligible with (security_invoker = true) as
  select ambito_id, canonical_id, valid, gender, born from people.standing_period where verdict = 'yes';
create view people.merged with (security_invoker = true) as
  select ambito_id, id as person_id, canonical_id from people.person where id <> canonical_id;
select kernel.share('people.eligible');
select kernel.share('people.merged');
select kernel.let_rollup_read('people.eligible');
select kernel.let_rollup_read('people.merged');
