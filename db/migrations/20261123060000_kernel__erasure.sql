-- Who was erased: an id and a day, so that a backup of before brings nobody back.
create table kernel.erasure (
  ambito_id uuid not null,
  person_id uuid not null,
  erased_on date not null,
  primary key (ambito_id, person_id)
);
select kernel.protect('kernel.erasure', 'select, insert');
