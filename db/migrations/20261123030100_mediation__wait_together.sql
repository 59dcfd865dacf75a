-- As before, and those who come while one decides wait side by side. In line for the row of the call each would get it only
-- when the one before has gone, to find it taken: the last of twenty, after nineteen. So the one who decides also holds a
-- mark on the call, which all the others share the moment it is let go; a fresh look then tells them, and locks nothing.
-- A hand or a register may hold the row already, and many of them in one transaction: they ask for no mark, and make no circle.
create or replace function mediation.take_call(
  of_ambito uuid, of_call uuid, of_mediator uuid, of_offer uuid, in_which_way text, from_time timestamptz, to_time timestamptz, by_account uuid
) returns text
language plpgsql
as $$
declare
  mark constant bigint := hashtextextended(of_call::text, 7020062);
  marked constant boolean := case when in_which_way in ('offer', 'provider') then pg_try_advisory_xact_lock(mark) else true end;
begin
  perform from mediation.call
    where ambito_id = of_ambito and id = of_call and state in ('approved', 'offered', 'cancelled_by_mediator', 'not_covered')
    for no key update skip locked;
  if not found then
    if not marked then perform pg_advisory_xact_lock_shared(mark); end if;
    perform from mediation.call
      where ambito_id = of_ambito and id = of_call and state in ('approved', 'offered', 'cancelled_by_mediator', 'not_covered')
      for no key update;
    if not found then return 'taken'; end if;
  end if;
  insert into mediation.assignment (ambito_id, call_id, mediator_id, mediator_number, offer_id, how, starts_at, ends_at, comune, recorded_by)
    select of_ambito, of_call, m.id, m.number, of_offer, in_which_way, from_time, to_time, case when c.mode = 'PRES' then c.comune end, by_account
    from mediation.call c, mediation.mediator m
    where c.ambito_id = of_ambito and c.id = of_call and m.ambito_id = of_ambito and m.id = of_mediator
    on conflict (ambito_id, call_id) where ended_at is null do nothing;
  if not found then return 'taken'; end if;
  update mediation.offer set answer = 'accepted', answered_at = kernel.now() where ambito_id = of_ambito and id = of_offer;
  return 'won';
exception when exclusion_violation then
  return 'overlap';
end
$$;
