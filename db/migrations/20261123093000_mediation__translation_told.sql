-- A message to a body's system that tells of a translated text, beside those that tell of steps.
alter table mediation.delivery add column file_id uuid;
alter table mediation.delivery add foreign key (ambito_id, file_id) references mediation.file (ambito_id, file_id);
create index delivery_by_file on mediation.delivery (ambito_id, file_id) where file_id is not null;
