-- A sheet may hang on a visit the desk had written down already. Taken back alone, another may take its place.
alter table digital.sheet add session_id uuid;
update digital.sheet set session_id = visit_id;
alter table digital.sheet
  alter session_id set not null,
  drop constraint sheet_pkey,
  -- Of the sheet itself; that of the visit where the visit was written with it.
  add primary key (ambito_id, session_id);
create unique index sheet_of_visit on digital.sheet (ambito_id, visit_id) where withdrawn_at is null;
