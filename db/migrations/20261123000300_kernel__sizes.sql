-- Only tables that have grown by half since they were last looked at: the plans for the others are still right.
create or replace function kernel.look_at_sizes() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare t regclass;
begin
  -- Roughly is enough to choose a plan; the database looks more closely by itself later.
  perform set_config('default_statistics_target', '10', true);
  for t in select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not like 'pg\_%' and n.nspname not in ('information_schema', 'graphile_worker')
      and pg_relation_size(c.oid) > 12288 * greatest(c.relpages, 0) and pg_has_role(current_user, c.relowner, 'usage')
  loop
    execute format('analyze %s', t);
  end loop;
end $$;
