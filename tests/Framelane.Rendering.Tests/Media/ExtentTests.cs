using System.Buffers.Binary;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Tests.Media;

/// <summary>Which files say so much of themselves that a cut cannot hide; of all others the end is read.</summary>
public sealed class ExtentTests
{
    const string Picture = "-f lavfi -i testsrc=d=2:s=64x48:r=30 -pix_fmt yuv420p -g 10", Tone = "-f lavfi -i sine=d=2", Live = "-c:v libvpx -b:v 1M -deadline realtime -live 1";

    readonly Workbench bench = new();

    [TearDown]
    public void Delete() => bench.Dispose();

    [TestCase("a.mp4", "mov", Picture)]
    [TestCase("a.mp4", "mov", $"{Tone} {Picture} -movflags +faststart")]
    [TestCase("a.m4a", "mov", Tone)]
    [TestCase("a.mkv", "matroska", $"{Tone} {Picture}")]
    public void One_that_says_it_all_does_so_only_while_it_is_whole(string name, string demuxer, string arguments)
    {
        var whole = File.ReadAllBytes(bench.Make(name, arguments));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SaysAll(whole, demuxer));
            for (var length = whole.Length - 1; length > 0; length = length * 9 / 10)
                Assert.That(SaysAll(whole[..length], demuxer), Is.False, $"{length} of {whole.Length}");
        }
    }

    [TestCase("a.mp4", "mov", $"{Picture} -movflags +frag_keyframe")]
    [TestCase("a.mp4", "mov", $"{Picture} -movflags +frag_keyframe+empty_moov+default_base_moof")]
    [TestCase("a.webm", "matroska", $"{Picture} {Live}")]
    [TestCase("a.ts", "mpegts", Picture)]
    [TestCase("a.mp3", "mp3", Tone)]
    public void One_that_cannot_know_does_not(string name, string demuxer, string arguments) =>
        Assert.That(SaysAll(File.ReadAllBytes(bench.Make(name, arguments)), demuxer), Is.False);

    [Test]
    public void One_whose_last_box_of_samples_is_gone_does_not()
    {
        var (file, samples) = Faststart();
        // As a cut leaves it that falls between two boxes of samples.
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(samples), (file.Length - samples) / 2);
        Assert.That(SaysAll(file[..(samples + ((file.Length - samples) / 2))], "mov"), Is.False);
    }

    [Test]
    public void One_whose_samples_go_on_to_the_end_of_the_file_does_not()
    {
        var (file, samples) = Faststart();
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(samples), 0);
        Assert.That(SaysAll(file, "mov"), Is.False);
    }

    [Test]
    public void Boxes_in_boxes_have_an_end()
    {
        var file = new byte[8 << 20];
        for (var at = 0; at < file.Length; at += 8)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(at), file.Length - at);
            "moov"u8.CopyTo(file.AsSpan(at + 4));
        }

        Assert.That(SaysAll(file, "mov"), Is.False);
    }

    [TestCase(5, true)]
    [TestCase(6, false)]
    public void Tables_that_lie_deeper_than_any_film_has_them_are_not_read(int depth, bool says) =>
        Assert.That(SaysAll([.. Enumerable.Range(0, depth).Aggregate(Table(1), (box, _) => Box("trak", box)), .. Box("mdat", new byte[100])], "mov"), Is.EqualTo(says));

    [TestCase(4093, true)]
    [TestCase(4094, false)]
    public void More_boxes_than_any_film_has_are_not_read(int others, bool says) =>
        Assert.That(SaysAll([.. Box("moov", Table(1)), .. Enumerable.Range(0, others).SelectMany(_ => Box("free", [])), .. Box("mdat", new byte[100])], "mov"), Is.EqualTo(says));

    [TestCase((16 << 20) / 4 - 2, true)]
    [TestCase((16 << 20) / 4 - 1, false)]
    public void A_larger_table_than_any_film_has_is_not_read(int entries, bool says) =>
        Assert.That(SaysAll([.. Box("moov", Table(entries)), .. Box("mdat", new byte[100])], "mov"), Is.EqualTo(says));

    [Test]
    public void A_size_of_64_bits_is_read_and_half_of_one_is_none()
    {
        byte[] film = [.. Box("moov", Table(1)), 0, 0, 0, 1, .. "mdat"u8, 0, 0, 0, 0, 0, 0, 0, 24, .. new byte[8]];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SaysAll(film, "mov"));
            Assert.That(SaysAll(film[..^1], "mov"), Is.False);
            Assert.That(SaysAll(film[..^12], "mov"), Is.False);
        }
    }

    /// <summary>Where each group of samples begins: all at the beginning of the file.</summary>
    static byte[] Table(int entries) => Box("stco", new byte[8 + entries * 4]);

    static byte[] Box(string name, byte[] content)
    {
        byte[] box = [0, 0, 0, 0, .. System.Text.Encoding.ASCII.GetBytes(name), .. content];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        return box;
    }

    /// <returns>A film whose samples come last, and where they begin.</returns>
    (byte[] File, int Samples) Faststart()
    {
        var file = File.ReadAllBytes(bench.Make("a.mp4", $"{Tone} {Picture} -movflags +faststart"));
        return (file, file.AsSpan().IndexOf("mdat"u8) - 4);
    }

    bool SaysAll(byte[] file, string demuxer) => Extent.SaysAll(bench.Write("copy", file), demuxer);
}
