-- A one-stop system with invented dossiers: 20,000 of four units.
CREATE SCHEMA IF NOT EXISTS mcdt;
DROP TABLE IF EXISTS mcdt.ho_so;
CREATE TABLE mcdt.ho_so (
  ma_ho_so       text,
  ten_don_vi     text,
  ngay_tiep_nhan timestamptz,
  ngay_hen_tra   date,
  ngay_tra       date,
  muc_do         text,
  hinh_thuc      text,
  dong_bo        boolean
);
INSERT INTO mcdt.ho_so
SELECT 'H47.' || lpad(g::text, 6, '0'),
       (ARRAY['Sở Nội vụ', 'Sở Xây dựng', 'SỞ TƯ PHÁP', 'Sở Công Thương'])[1 + g % 4],
       timestamptz '2022-12-28 07:30+07' + (g % 365) * interval '1 day',
       date '2023-01-04' + g % 365,
       CASE WHEN g % 9 > 0 THEN date '2022-12-31' + g % 365 + g % 7 END,
       (ARRAY['Một phần', 'Toàn trình', 'toàn  trình', 'Cung cấp thông tin'])[1 + g % 13 % 4],
       (ARRAY['Trực tuyến', 'Qua mạng', 'Trực tiếp'])[1 + g % 11 % 3],
       g % 5 > 0
FROM generate_series(1, 20000) g;
-- what does not belong there
INSERT INTO mcdt.ho_so VALUES
  ('h47.000001', 'Sở Nội vụ', '2023-03-01 09:00+07', '2023-03-05', 'infinity', 'Toàn trình', 'Trực tuyến', true),
  ('H47.020001', NULL, '2023-03-01 09:00+07', '2023-02-05', NULL, 'Mức 4', 'Bưu chính', NULL);
