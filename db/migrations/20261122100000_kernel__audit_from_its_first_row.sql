-- The trail is verified from its very first row, and its end must be the one the head remembers: rows taken away
-- at the beginning, or a head turned back, are found as well.
create or replace function kernel.broken_audit(of_ambito uuid) returns bigint
language plpgsql stable set search_path = pg_catalog, kernel as $$
declare
  entry kernel.audit;
  head kernel.audit_head;
  previous bytea := '\x';
  expected bigint := 1;
begin
  for entry in select * from kernel.audit where ambito_id = of_ambito order by position loop
    if entry.position <> expected then return expected; end if;
    if kernel.audit_hash(previous, entry) <> entry.hash then return entry.position; end if;
    previous := entry.hash;
    expected := expected + 1;
  end loop;
  select * into head from kernel.audit_head h where h.ambito_id = of_ambito;
  if coalesce(head.position, 0) <> expected - 1 or coalesce(head.hash, '\x') <> previous then return expected; end if;
  return null;
end $$;
