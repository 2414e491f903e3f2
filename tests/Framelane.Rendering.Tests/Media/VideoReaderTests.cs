using Framelane.Application.Abstractions;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Tests.Media;

public sealed class VideoReaderTests
{
    const int Length = 150;

    static readonly string[] Sources = ["24/1", "25/1", "30000/1001", "30/1", "50/1", "60/1"];
    static readonly int[] Rates = [24, 25, 30, 50, 60];
    static readonly (double InPoint, double? OutPoint, double Speed)[] Cuts = [(0, null, 1), (1.0, 2.0, 1), (0.7337, null, 1), (0.5, null, 2.5), (1, 1.8, 0.25)];

    readonly Workbench bench = new();

    [TearDown]
    public void Delete() => bench.Dispose();

    [Test]
    public async Task Each_frame_is_the_latest_of_the_source_that_is_not_after_it(
        [ValueSource(nameof(Sources))] string source, [Values("mp4", "webm")] string container)
    {
        var codec = container == "mp4" ? "-c:v libx264 -preset ultrafast -bf 2 -g 40" : "-c:v libvpx -deadline realtime -cpu-used 8 -b:v 1M -g 40";
        bench.Make($"a.{container}", $"{BarCodes} -r {source} -i pipe:0 {codec} -pix_fmt yuv420p", BarCode.Frames(Length));
        var facts = await ProbeAsync($"a.{container}");
        var rate = source.Split('/').Select(double.Parse).ToArray();
        using (Assert.EnterMultipleScope())
        {
            // Every rate meets every source and every cut, in both containers, and no two alike: each pair costs a start of ffmpeg.
            for (var index = 0; index < Rates.Length; index++)
            {
                var output = Rates[index];
                var (inPoint, outPoint, speed) = Cuts[(Array.IndexOf(Sources, source) + (index * (container == "mp4" ? 1 : 2))) % Cuts.Length];
                var shown = await NumbersAsync($"a.{container}", facts, new(new(output), inPoint, outPoint, speed));
                var end = outPoint ?? Length * rate[1] / rate[0];
                var expected = Enumerable.Range(0, (int)Math.Ceiling((end - inPoint) / speed * output - 1e-6))
                    .Select(k => Latest(inPoint + (k * speed / output), rate, container)).ToArray();
                // The last frame's own length is the container's to say.
                var compared = outPoint is null ? expected.Length - 2 - (int)(output / speed * rate[1] / rate[0]) : expected.Length;
                Assert.That(shown.Take(compared), Is.EqualTo(expected.Take(compared)), $"{source} at {output} from {inPoint} at {speed}");
                Assert.That(shown, Has.Length.EqualTo(expected.Length).Within(outPoint is null ? 1 + (int)(output / speed * rate[1] / rate[0]) : 0));
            }
        }
    }

    [Test]
    public async Task At_the_end_the_last_frame_stays()
    {
        bench.Make("a.mp4", $"{BarCodes} -r 25 -i pipe:0 -pix_fmt yuv420p", BarCode.Frames(5));
        await using var reader = await VideoReader.OpenAsync(bench.Tool, bench["a.mp4"], await ProbeAsync("a.mp4"), new(new(25)));
        using var frame = new PixelBuffer(reader.Width, reader.Height);
        for (var i = 0; i < 5; i++)
            Assert.That(await reader.ReadAsync(frame, default));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await reader.ReadAsync(frame, default), Is.False);
            Assert.That(BarCode.Read(frame), Is.EqualTo(4));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_decoder_that_is_killed_is_no_end_of_its_source(bool sandbox)
    {
        bench.Make("a.mp4", Long);
        var tool = new MediaTool(new() { Sandbox = sandbox });
        await using var reader = await VideoReader.OpenAsync(tool, bench["a.mp4"], await ProbeAsync("a.mp4"), new(new(25)));
        Assert.That(await reader.NextAsync(default));
        Assert.That(Decoders.Kill(bench["a.mp4"]));
        var failure = await Assert.ThrowsAsync<MediaException>(async () =>
        {
            while (await reader.NextAsync(default))
                continue;
        });
        Assert.That(failure!.Code, Is.EqualTo(MediaErrorCodes.InternalError));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_reader_that_is_disposed_of_has_nothing_to_complain_of_and_a_decoder_that_was_killed_before_has(bool killed)
    {
        bench.Make("a.mp4", Long);
        var reader = await VideoReader.OpenAsync(bench.Tool, bench["a.mp4"], await ProbeAsync("a.mp4"), new(new(25)));
        await using (reader)
        {
            Assert.That(await reader.NextAsync(default));
            if (killed)
            {
                Assert.That(Decoders.Kill(bench["a.mp4"]));
                Assert.That(async () => await reader.EndAsync(default), Throws.TypeOf<MediaException>().With.Property("Code").EqualTo(MediaErrorCodes.InternalError));
            }
        }

        Assert.That(await reader.IsFlawlessAsync(), Is.Not.EqualTo(killed));
    }

    [Test]
    public async Task Noise_that_a_decoder_gives_up_on_is_complained_of_and_no_fault_of_ours()
    {
        // More than two thirds of the frames: ffmpeg then says so by its exit code too.
        var file = File.ReadAllBytes(bench.Make("a.mov", "-f lavfi -i testsrc=d=2:s=64x48:r=10 -c:v cinepak"));
        new Random(1).NextBytes(file.AsSpan((file.AsSpan().IndexOf("mdat"u8) + 4000)..(file.AsSpan().IndexOf("moov"u8) - 4)));
        bench.Write("a.mov", file);
        var reader = await VideoReader.OpenAsync(bench.Tool, bench["a.mov"], await ProbeAsync("a.mov"), new(new(10)));
        await using (reader)
        {
            while (await reader.NextAsync(default))
                continue;
        }

        Assert.That(await reader.IsFlawlessAsync(), Is.False);
    }

    [TestCase("color=red", "-pix_fmt yuv420p -colorspace bt709", 255, 0, 0)]
    [TestCase("color=red", "-pix_fmt yuv420p", 255, 0, 0)]
    [TestCase("color=0x4080c0", "-pix_fmt yuv444p", 64, 128, 192)]
    public async Task Colours_come_as_they_were(string source, string options, int red, int green, int blue)
    {
        var matrix = options.Contains("709") ? "bt709" : "bt601";
        bench.Make("a.mp4", $"-f lavfi -i {source}:s=66x34:d=0.2 -vf scale=out_color_matrix={matrix} {options}");
        Assert.That(await PixelAsync("a.mp4", new(new(25)), 65, 33), Is.EqualTo(new[] { blue, green, red, 255 }).Within(3));
    }

    [Test]
    public async Task Rotation_and_wide_pixels_are_applied()
    {
        // Red on the left; turned clockwise it is on top.
        bench.Make("b.mp4", "-f lavfi -i color=red:s=32x64:d=0.2 -f lavfi -i color=blue:s=32x64:d=0.2 -filter_complex hstack,setsar=2 -pix_fmt yuv420p");
        bench.Make("a.mp4", $"-i {bench["b.mp4"]} -c copy -metadata:s:v rotate=270");
        var facts = await ProbeAsync("a.mp4");
        var (first, last) = (await PixelAsync("a.mp4", new(new(25)), 20, 5), await PixelAsync("a.mp4", new(new(25)), 20, facts.Picture!.Height - 5));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((facts.Picture.Width, facts.Picture.Height), Is.EqualTo((64, 128)));
            Assert.That(new[] { first[2] > 200, last[0] > 200 }.Distinct().Count(), Is.EqualTo(1), "one end is red and the other blue");
            Assert.That(Math.Max(first[0], first[2]), Is.GreaterThan(200));
            Assert.That(first, Is.Not.EqualTo(last).Within(50));
        }
    }

    [TestCase("a.webm", "-c:v libvpx-vp9 -pix_fmt yuva420p -b:v 1M")]
    [TestCase("a.mov", "-c:v prores_ks -profile:v 4444 -pix_fmt yuva444p10le")]
    [TestCase("a.png", "-frames:v 1 -pix_fmt rgba")]
    public async Task Alpha_is_kept_and_premultiplied(string name, string options)
    {
        bench.Make(name, $"-f lavfi -i color=0xff0000@0.5:s=64x64:d=0.2,format=rgba {options}");
        Assert.That(await PixelAsync(name, new(new(25)), 30, 30), Is.EqualTo(new[] { 0, 0, 128, 128 }).Within(4));
    }

    [Test]
    public async Task High_dynamic_range_is_mapped_and_a_size_asked_for_is_made()
    {
        // White of 1,000 nits is not grey, and not above white.
        bench.Make("a.mp4", "-f lavfi -i color=white:s=128x128:d=0.2 -vf lutyuv=y=180 -pix_fmt yuv420p10le -c:v libx264 -color_trc smpte2084 -color_primaries bt2020 -colorspace bt2020nc");
        var facts = await ProbeAsync("a.mp4");
        var pixel = await PixelAsync("a.mp4", new(new(25), Width: 33, Height: 17), 32, 16);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.Picture!.IsHdr);
            Assert.That(pixel[0], Is.EqualTo(pixel[2]).Within(2).And.InRange(150, 255));
        }
    }

    // Of more frames than a pipe and a reader hold.
    const string Long = "-f lavfi -i testsrc2=s=640x360:r=25:d=8 -pix_fmt yuv420p -preset ultrafast";

    const string BarCodes = "-f rawvideo -pix_fmt gray -s 192x32";

    static int Latest(double time, double[] rate, string container)
    {
        var times = Enumerable.Range(0, Length).Select(n => n * rate[1] / rate[0]).Select(t => container == "webm" ? Math.Floor((t * 1000) + 0.5 + 1e-6) / 1000 : t);
        return times.Count(t => t <= time + VideoCut.Tolerance) - 1;
    }

    Task<MediaFacts> ProbeAsync(string name) => new MediaProbe(bench.Tool).ProbeAsync(bench[name], default);

    async Task<int[]> NumbersAsync(string name, MediaFacts facts, VideoCut cut)
    {
        await using var reader = await VideoReader.OpenAsync(bench.Tool, bench[name], facts, cut);
        using var frame = new PixelBuffer(reader.Width, reader.Height);
        var numbers = new List<int>();
        while (await reader.ReadAsync(frame, default))
            numbers.Add(BarCode.Read(frame));
        return [.. numbers];
    }

    async Task<int[]> PixelAsync(string name, VideoCut cut, int x, int y)
    {
        await using var reader = await VideoReader.OpenAsync(bench.Tool, bench[name], await ProbeAsync(name), cut);
        using var frame = new PixelBuffer(reader.Width, reader.Height);
        await reader.ReadAsync(frame, default);
        return [.. frame.Row(y).Slice(x * 4, 4).ToArray().Select(one => (int)one)];
    }
}
