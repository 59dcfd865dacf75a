-- Whoever has an appointment and only a telephone is called: reminded, or told that it was moved or cancelled.
create table desk.call (
  ambito_id uuid not null,
  appointment_id uuid not null,
  what text not null check (what in ('reminder', 'moved', 'cancelled')),
  -- Nobody answered, the last time.
  tried_at timestamptz,
  called_at timestamptz,
  called_by uuid,
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, appointment_id, what),
  foreign key (ambito_id, appointment_id) references desk.appointment (ambito_id, id)
);
create index call_to_make on desk.call (ambito_id, recorded_at) where called_at is null;
select kernel.protect('desk.call');
