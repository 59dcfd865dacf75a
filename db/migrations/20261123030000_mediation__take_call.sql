-- Takes a call, and with it the offer that was accepted: 'won'; 'taken' when somebody has it; 'overlap' when the mediator is
-- elsewhere at that time. A function, because many answer at once: it is one way to the database and back, and its statements
-- are planned once a connection.
--
-- Whoever comes second waits for the first's commit on the row of the call, and sees it taken. The constraints hold the rest.
create function mediation.take_call(
  of_ambito uuid, of_call uuid, of_mediator uuid, of_offer uuid, in_which_way text, from_time timestamptz, to_time timestamptz, by_account uuid
) returns text
language plpgsql
as $$
begin
  perform from mediation.call
    where ambito_id = of_ambito and id = of_call and state in ('approved', 'offered', 'cancelled_by_mediator', 'not_covered')
    for no key update;
  if not found then return 'taken'; end if;
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

-- Who was asked in the last days, and for nothing.
create index offer_in_vain on mediation.offer (ambito_id, sent_at) where answer in ('taken', 'expired');
