-- What old registers hold: travel was theirs to know, so only true overlaps are refused; contacts have no address.
create or replace function mediation.check_travel() returns trigger
language plpgsql
as $$
begin
  if new.how = 'register' then return new; end if;
  perform from mediation.mediator where ambito_id = new.ambito_id and id = new.mediator_id for no key update;
  if exists (
    select from mediation.assignment o
    where o.ambito_id = new.ambito_id and o.mediator_id = new.mediator_id and o.ended_at is null and o.id <> new.id
      and o.starts_at < new.ends_at + interval '300 minutes' and o.ends_at > new.starts_at - interval '300 minutes'
      and o.starts_at < new.ends_at + make_interval(mins => mediation.travel_minutes(new.ambito_id, new.comune, o.comune))
      and new.starts_at < o.ends_at + make_interval(mins => mediation.travel_minutes(new.ambito_id, o.comune, new.comune))
  ) then
    raise exception 'no time to travel' using errcode = 'exclusion_violation', constraint = 'no_double_booking';
  end if;
  return new;
end
$$;
