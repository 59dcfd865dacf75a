-- Registers kept on paper come in row by row, also into lessons that an earlier part of the file has closed.
create or replace function courses.only_corrections() returns trigger
language plpgsql
as $$
declare
  closed timestamptz;
begin
  select closed_at into closed from courses.lesson where ambito_id = new.ambito_id and id = new.lesson_id for share;
  if not found then return new; end if;
  if closed is not null and new.how not in ('correction', 'register') then
    raise exception 'a closed lesson takes corrections only' using errcode = 'check_violation', constraint = 'lesson_is_closed';
  end if;
  return new;
end
$$;
