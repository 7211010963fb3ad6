"""The words of which the films of a generated catalog are made. No real person or film is meant."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


COMMON = "cinta"
"""In the synopsis of about four films out of five, and in none of the lists below."""

RARE = "gariepyra"
"""In the titles of three films."""

TITLE = _words(
    "Malam Senja Rumah Bayang Jejak Pintu Hujan Laut Bukit Desa Kota Mimpi Janji Rahasia Dendam Arwah Kuntilanak "
    "Pocong Santet Warisan Pulang Rantau Ayah Ibu Anak Kakak Sahabat Musuh Pengantin Kembang Melati Kenanga Bunga "
    "Angin Badai Langit Bintang Bulan Matahari Fajar Jalan Kereta Terakhir Pertama Kedua Hilang Sunyi Ramai Gelap "
    "Terang Merah Hitam Putih Biru Surat Lagu Tari Topeng Wayang Keris Candi Sumur Hutan Gunung Pulau Sungai Kampung "
    "Pasar Sekolah Asrama Lebaran Ramadan Petang Tengah Seribu Dua Tiga Tujuh"
)

JOINT = ("di", "dan", "dari", "untuk", "tanpa", "yang", "Sang", "Para", "Si")

FIRST_NAME = _words(
    "Adi Agus Ayu Bagas Bima Bayu Citra Dewi Dian Dimas Eka Endah Fajar Fitri Galih Gita Hana Hendra Indah Intan Joko "
    "Kartika Lestari Laras Mega Maya Nadia Nirmala Putri Putra Rani Ratna Rizky Rangga Sari Satria Sekar Tara Tirta "
    "Utami Vino Wahyu Wulan Yoga Yuni Zahra Zaki"
)

LAST_NAME = _words(
    "Wijaya Santoso Pratama Nugroho Kusuma Hidayat Saputra Lestari Siregar Nasution Hutapea Simanjuntak Wibowo "
    "Setiawan Halim Gunawan Hartono Permana Ramadhan Maulana Anggraini Rahayu Puspita Handayani Suryani Kurniawan "
    "Firmansyah Mahendra Adiputra Syahputra Tanjung Lubis Harahap Purnama Cahyani"
)

SYNOPSIS = _words(
    "seorang sebuah keluarga pemuda gadis desa kota rumah lama tua baru kembali pergi mencari menemukan rahasia masa "
    "lalu harus memilih antara ayahnya ibunya adiknya sahabatnya ketika malam tiba suara aneh terdengar dari sumur "
    "hutan laut gunung perjalanan panjang membawa mereka pada kenyataan pahit namun harapan tetap tumbuh sementara "
    "waktu terus berjalan tanpa menunggu siapa pun dendam warisan leluhur janji lama surat terakhir pernikahan "
    "sekolah kampung halaman perlahan terungkap bersama melawan takut kehilangan segalanya demi menyelamatkan orang "
    "tersayang"
)

ENGLISH = _words(
    "a young old family house village city returns leaves looks for finds the secret of past must choose between "
    "father mother sister friend when night falls strange voices come from well forest sea mountain long journey "
    "brings them to bitter truth yet hope grows while time goes on without waiting anyone revenge inheritance promise "
    "last letter wedding school home slowly revealed together against fear losing everything to save those they hold "
    "dear"
)

SOME_GENRES = ("action", "adventure", "animation", "comedy", "crime", "drama", "family", "fantasy", "horror",
               "mystery", "romance", "thriller", "war")  # fmt: skip
SOME_RATINGS = ("SU", "13+", "17+", "21+")
SOURCES = ("bioskop.example", "jadwal.example", "rumah produksi", "siaran pers")
COMPANIES = ("Layar Timur", "Sinar Gambar", "Kamera Nusantara", "Rumah Cerita", "Tiga Lensa")
