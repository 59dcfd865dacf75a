-- Called to ask for a result: reached, or nobody answered.
create table orientation.call (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  plan_id uuid not null,
  months smallint not null check (months in (3, 6)),
  how text not null check (how in ('reached', 'no_answer')),
  on_day date not null,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, plan_id) references orientation.plan (ambito_id, id)
);
create index call_by_plan on orientation.call (ambito_id, plan_id, months, id);
select kernel.protect('orientation.call', 'select, insert');
