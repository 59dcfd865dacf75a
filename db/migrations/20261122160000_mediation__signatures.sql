-- Drawn on the screen of the mediator's phone: a simple electronic signature, kept as a picture. It signs one report, as it
-- stood: a correction is signed anew.
create table mediation.signature (
  ambito_id uuid not null,
  report_id uuid not null,
  side text not null check (side in ('mediator', 'body')),
  call_id uuid not null,
  signer text not null check (length(signer) between 1 and 120),
  job text not null default '' check (length(job) <= 120),
  file_id uuid not null,
  signed_at timestamptz not null default kernel.now(),
  primary key (ambito_id, report_id, side),
  foreign key (ambito_id, call_id) references mediation.call (ambito_id, id),
  foreign key (ambito_id, report_id) references mediation.report (ambito_id, id),
  foreign key (ambito_id, file_id) references kernel.file (ambito_id, id)
);
create index signature_by_call on mediation.signature (ambito_id, call_id);
select kernel.protect('mediation.signature', 'select, insert');

alter table mediation.confirmation drop constraint confirmation_how_check;
alter table mediation.confirmation add constraint confirmation_how_check check (how in ('link', 'screen', 'paper', 'account', 'register'));

-- Texts to translate are kept where all files are, and looked into like them.
drop table mediation.file;
create table mediation.file (
  ambito_id uuid not null,
  file_id uuid not null,
  call_id uuid not null,
  way text not null check (way in ('in', 'out')),
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, file_id),
  foreign key (ambito_id, call_id) references mediation.call (ambito_id, id),
  foreign key (ambito_id, file_id) references kernel.file (ambito_id, id)
);
create index file_by_call on mediation.file (ambito_id, call_id);
select kernel.protect('mediation.file');
