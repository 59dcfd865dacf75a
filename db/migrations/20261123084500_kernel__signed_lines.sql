-- Who signed on an empty line of a printed sheet, as somebody read it off the scan. What was said last of a line holds.
create table kernel.signed_line (
  ambito_id uuid not null,
  kind text not null,
  thing_id uuid not null,
  printing integer not null,
  sheet integer not null,
  -- Of the empty lines of the sheet, from the top.
  spare integer not null check (spare between 1 and 99),
  -- Of what was said of this line: whoever has not seen the last cannot say the next.
  nth integer not null check (nth between 1 and 999),
  -- A line of the register, by the id its module has for it; null: taken back.
  signer uuid,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, kind, thing_id, printing, sheet, spare, nth),
  foreign key (ambito_id, kind, thing_id, printing, sheet) references kernel.printed_sheet (ambito_id, kind, thing_id, printing, sheet),
  check (signer is not null or nth > 1)
);
create index signed_line_by_signer on kernel.signed_line (ambito_id, signer) where signer is not null;
select kernel.protect('kernel.signed_line', 'select, insert');
