-- What stood on a person before a correction goes with the person; otherwise nobody changes or deletes it.
create function people.erase_corrections(persons uuid[]) returns void
language sql security definer set search_path = pg_catalog, people as $$
  delete from people.correction
  where ambito_id = nullif(current_setting('app.ambito', true), '')::uuid and person_id = any (persons)
$$;
revoke all on function people.erase_corrections(uuid[]) from public;
do $$ begin execute format('grant execute on function people.erase_corrections(uuid[]) to %I', current_setting('labimpact.app_role')); end $$;
