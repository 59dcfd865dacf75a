-- Who exported what and why is read by itself, among all that was looked at.
create index audit_exports on kernel.audit (ambito_id, position desc) where what = 'kernel.export';
