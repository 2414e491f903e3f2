using System.Buffers.Binary;
using Framelane.Application.Abstractions;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Tests.Media;

/// <summary>A file that says it is longer than it is, is refused wherever it was cut; one that is whole is not, however oddly it was written.</summary>
public sealed class TruncatedSourceTests
{
    const string Picture = "-f lavfi -i testsrc=d=4:s=320x240:r=30 -pix_fmt yuv420p -g 10", Tone = "-f lavfi -i sine=d=4",
        Both = "-f lavfi -i sine=d=4 -f lavfi -i testsrc=d=4:s=320x240:r=30 -pix_fmt yuv420p -g 10", Still = "-f lavfi -i testsrc=s=320x240 -frames:v 1",
        Vp8 = "-c:v libvpx -b:v 1M -deadline realtime", Fragments = "-movflags +frag_keyframe+empty_moov+default_base_moof";

    static readonly double[] Cuts = [0.35, 0.5, 0.8, 0.9];

    readonly Workbench bench = new();

    [TearDown]
    public void Delete() => bench.Dispose();

    [TestCase("a.mp4", Picture)]
    [TestCase("a.mp4", $"{Picture} -movflags +faststart")]
    [TestCase("a.mp4", $"{Picture} -g 250 -movflags +faststart")]
    [TestCase("a.mp4", $"{Both} -movflags +faststart")]
    [TestCase("a.mp4", $"{Both} -g 250 -movflags +faststart")]
    [TestCase("a.mp4", $"{Picture} {Fragments}+global_sidx")]
    [TestCase("a.mov", $"{Picture} -c:v mjpeg -pix_fmt yuvj420p -movflags +faststart")]
    [TestCase("a.mov", Both)]
    [TestCase("a.mov", $"{Both} -movflags +faststart")]
    [TestCase("a.m4a", $"{Tone} -movflags +faststart")]
    [TestCase("a.webm", $"{Picture} {Vp8}")]
    [TestCase("a.webm", $"{Both} {Vp8}")]
    [TestCase("a.mkv", $"{Picture} -g 250")]
    [TestCase("a.mkv", $"{Both} -cues_to_front 1 -reserve_index_space 5000")]
    [TestCase("a.avi", Picture)]
    [TestCase("a.avi", Both)]
    [TestCase("a.mp3", Tone)]
    [TestCase("a.mp3", $"{Tone} -q:a 4")]
    [TestCase("a.wav", Tone)]
    [TestCase("a.flac", Tone)]
    [TestCase("a.png", Still)]
    [TestCase("a.jpg", Still)]
    [TestCase("a.webp", Still)]
    public async Task One_that_was_cut_off_is_refused_wherever_that_was(string name, string arguments)
    {
        var whole = File.ReadAllBytes(bench.Make(name, arguments));
        await ProbeAsync(bench[name]);
        var passed = new List<double>();
        foreach (var cut in Cuts)
        {
            try
            {
                await ProbeAsync(bench.Write("cut-" + name, whole[..(int)(whole.Length * cut)]));
                passed.Add(cut);
            }
            catch (MediaException failure)
            {
                Assert.That(failure.Code, Is.EqualTo(MediaErrorCodes.InvalidSource), failure.Message);
            }
        }

        Assert.That(passed, Is.Empty);
    }

    [TestCase("whose_sound_ends_first", "a.mp4", $"-f lavfi -i sine=d=1 {Picture} -movflags +faststart")]
    [TestCase("whose_picture_ends_first", "a.mp4", $"-f lavfi -i testsrc=d=1:s=320x240:r=30 {Tone} -pix_fmt yuv420p")]
    [TestCase("whose_picture_ends_first", "a.mkv", $"-f lavfi -i testsrc=d=1:s=320x240:r=30 {Tone} -pix_fmt yuv420p")]
    [TestCase("in_fragments", "a.mp4", $"{Both} {Fragments}")]
    [TestCase("in_fragments_with_an_index", "a.mp4", $"{Both} {Fragments}+global_sidx")]
    [TestCase("of_one_fragment_and_no_sound", "a.mov", $"{Picture} -movflags +frag_keyframe")]
    [TestCase("that_was_recorded_live", "a.webm", $"{Both} {Vp8} -live 1")]
    [TestCase("of_a_varying_rate", "a.mkv", $@"{Picture} -g 250 -vf select=lt(n\,3)+eq(n\,20)+eq(n\,119) -fps_mode vfr")]
    [TestCase("of_a_varying_rate", "a.mp4", $@"{Picture} -g 250 -bf 0 -vf select=lt(n\,3)+eq(n\,20)+eq(n\,119) -fps_mode vfr")]
    [TestCase("whose_last_picture_is_long", "a.mp4", $"{Both} -r 0.5")]
    [TestCase("that_begins_late", "a.mp4", $"-itsoffset 2 {Picture}")]
    [TestCase("of_an_older_kind", "a.avi", Both)]
    [TestCase("without_a_head", "a.mp3", $"{Tone} -q:a 4 -write_xing 0")]
    [TestCase("without_a_head", "a.aac", $"{Tone} -c:a aac")]
    [TestCase("of_pages", "a.ogg", $"{Tone} -c:a libvorbis")]
    [TestCase("that_was_broadcast", "a.ts", Both)]
    [TestCase("that_was_broadcast", "a.mpg", Both)]
    public async Task One_is_whole(string what, string name, string arguments)
    {
        var facts = await ProbeAsync(bench.Make(name, arguments));
        Assert.That(facts.Duration, Is.GreaterThan(0.9).And.LessThan(8.1), what);
    }

    [Test]
    public async Task One_that_was_cut_by_its_edit_list_is_whole()
    {
        bench.Make("long.mp4", $"{Both} -g 60");
        var facts = await ProbeAsync(bench.Make("edited.mp4", $"-ss 1.3 -i {bench["long.mp4"]} -c copy"));
        Assert.That(facts.Duration, Is.EqualTo(2.7).Within(0.1));
    }

    [Test]
    public async Task One_whose_head_errs_by_half_a_second_is_whole()
    {
        var file = File.ReadAllBytes(bench.Make("a.mkv", Picture));
        "00:00:04.500"u8.CopyTo(file.AsSpan(file.AsSpan().IndexOf("00:00:04.000"u8)));
        Assert.That((await ProbeAsync(bench.Write("a.mkv", file))).Duration, Is.EqualTo(4.5));
    }

    [TestCase(0xffff_ffffu, 0xffff_ffffu)]
    [TestCase(0u, 0u)]
    [TestCase(0x7fff_ffffu, 0x7fff_ffdbu)]
    public async Task Sound_that_was_written_to_a_pipe_is_whole(uint all, uint samples)
    {
        var file = File.ReadAllBytes(bench.Make("a.wav", Tone));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), all);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(file.AsSpan().IndexOf("data"u8) + 4), samples);
        await ProbeAsync(bench.Write("a.wav", file));
    }

    [TestCase("a.wav", Tone, 8u)]
    [TestCase("a.avi", Both, 1u)]
    public async Task One_whose_head_counts_a_few_bytes_too_many_is_whole(string name, string arguments, uint bytes)
    {
        var file = File.ReadAllBytes(bench.Make(name, arguments));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)) + bytes);
        await ProbeAsync(bench.Write(name, file));
    }

    [TestCase("")]
    [TestCase("TAG and whatever some program wrote after the last box")]
    [TestCase("\0\0\xff\xffskip")]
    public async Task What_stands_after_the_last_box_is_nobody_s(string rest)
    {
        var file = File.ReadAllBytes(bench.Make("a.mp4", Picture));
        await ProbeAsync(bench.Write("a.mp4", [.. file, .. System.Text.Encoding.Latin1.GetBytes(rest)]));
    }

    Task<MediaFacts> ProbeAsync(string path) => new MediaProbe(bench.Tool).ProbeAsync(path, default);
}
