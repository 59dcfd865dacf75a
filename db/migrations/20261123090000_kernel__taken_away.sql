-- What somebody had us take away, by its id and the name of what it was: a backup of before brings none of it back.
create table kernel.taken_away (
  ambito_id uuid not null,
  thing_id uuid not null,
  what text not null check (what ~ '^[a-z]+\.[a-z_]+$'),
  taken_on date not null,
  primary key (ambito_id, thing_id, what)
);
select kernel.protect('kernel.taken_away', 'select, insert');
