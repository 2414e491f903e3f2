using System.Buffers.Binary;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Tests.Media;

public sealed class SoundMixerTests
{
    const int Rate = 48_000;

    readonly Workbench bench = new();

    [TearDown]
    public void Delete() => bench.Dispose();

    [TestCase("anull", 1, 0.25)]
    [TestCase("pan=stereo|c0=c0|c1=c0", 2, 0.25)]
    [TestCase("pan=5.1|FL=c0|FR=c0", 6, 0.25)]
    public async Task A_piece_sounds_where_and_as_loud_as_it_is_told(string layout, int channels, double loud)
    {
        var tone = bench.Make("tone.wav", $"-f lavfi -i aevalsrc=0.5*sin(880*PI*t):d=3:s=44100,{layout}");
        var samples = await MixAsync(3.3, new SoundTrack(tone, "wav", 0, channels, Start: 1, InPoint: 0.5, OutPoint: 2, Volume: 0.5));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(samples, Has.Length.EqualTo((int)(3.3 * Rate)));
            Assert.That(Peak(samples, 0, 0.999), Is.Zero);
            Assert.That(Peak(samples, 1.1, 2.4), Is.EqualTo(loud).Within(0.01));
            Assert.That(Peak(samples, 2.502, 3.3), Is.Zero);
        }
    }

    [TestCase(0.25)]
    [TestCase(1.5)]
    [TestCase(4)]
    public async Task Speed_changes_the_length_and_not_the_pitch(double speed)
    {
        var tone = bench.Make("tone.wav", "-f lavfi -i aevalsrc=0.5*sin(880*PI*t):d=4:s=48000");
        var samples = await MixAsync(4 / speed, new SoundTrack(tone, "wav", 0, 1, 0, 0, 4, speed));
        var middle = samples.AsSpan((int)(0.2 * Rate), Rate / 2);
        var crossings = 0;
        for (var i = 1; i < middle.Length; i++)
            crossings += middle[i - 1] < 0 && middle[i] >= 0 ? 1 : 0;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(crossings, Is.EqualTo(220).Within(4));
            Assert.That(Peak(samples, (4 / speed) - 0.15, (4 / speed) - 0.05), Is.GreaterThan(0.2));
        }
    }

    [Test]
    public async Task Fades_rise_and_fall_and_tracks_add_up()
    {
        var tone = bench.Make("tone.wav", "-f lavfi -i aevalsrc=0.2*sin(880*PI*t)|0.2*sin(880*PI*t):d=4:s=48000");
        var track = new SoundTrack(tone, "wav", 0, 2, 0, 0, 4, FadeIn: 1, FadeOut: 1);
        var samples = await MixAsync(4, track, track);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Peak(samples, 0.49, 0.51), Is.EqualTo(0.2).Within(0.02));
            Assert.That(Peak(samples, 1.5, 2.5), Is.EqualTo(0.4).Within(0.01));
            Assert.That(Peak(samples, 3.49, 3.51), Is.EqualTo(0.2).Within(0.02));
        }
    }

    [TestCase(0, 3)]
    [TestCase(3, 0)]
    [TestCase(3, 3)]
    [TestCase(0.8, 0.8)]
    public async Task A_fade_is_no_longer_than_what_it_fades_and_none_is_cut_off(double fadeIn, double fadeOut)
    {
        var tone = bench.Make("tone.wav", "-f lavfi -i aevalsrc=0.5*sin(880*PI*t)|0.5*sin(880*PI*t):d=4:s=48000");
        var samples = await MixAsync(2, new SoundTrack(tone, "wav", 0, 2, Start: 0.5, InPoint: 1, OutPoint: 2, FadeIn: fadeIn, FadeOut: fadeOut));
        using (Assert.EnterMultipleScope())
        {
            foreach (var at in new[] { 0.02, 0.25, 0.5, 0.75, 0.98 })
            {
                var rising = fadeIn > 0 ? Math.Min(1, at / Math.Min(1, fadeIn)) : 1;
                var falling = fadeOut > 0 ? Math.Min(1, (1 - at) / Math.Min(1, fadeOut)) : 1;
                Assert.That(Peak(samples, 0.5 + at - 0.005, 0.5 + at + 0.005), Is.EqualTo(0.5 * rising * falling).Within(0.01), $"at {at}");
            }
        }
    }

    [Test]
    public async Task Five_hundred_tracks_with_fades_are_mixed_alone_and_beside_a_picture()
    {
        var tone = bench.Make("tone.wav", "-f lavfi -i aevalsrc=0.5*sin(880*PI*t)|0.5*sin(880*PI*t):d=0.1:s=48000");
        var tracks = Enumerable.Range(0, 500).Select(index =>
        {
            File.Copy(tone, bench[$"tone{index}.wav"]);
            return new SoundTrack(bench[$"tone{index}.wav"], "wav", 0, 2, Start: index / 100.0, 0, 0.0333333333, 1.1111111111, 0.7777777777, 0.0111111111, 0.0111111111);
        }).ToArray();
        var job = bench.Folder.CreateSubdirectory("job").FullName;
        await new SoundMixer(bench.Tool).MixAsync(new(tracks, 5), Path.Combine(job, "mix.wav"), default);
        using (var picture = new PixelBuffer(64, 64))
        {
            picture.Bytes.Clear();
            await using var writer = await VideoWriter.OpenAsync(bench.Tool, new(OutputFormat.Mp4, 64, 64, new(10), Sound: new(tracks, 5)), Path.Combine(job, "film.mp4"));
            for (var i = 0; i < 50; i++)
                await writer.WriteAsync(picture, default);
            Assert.That(await writer.FinishAsync(default), "without a complaint");
        }

        bench.Make("heard.wav", $"-i {Path.Combine(job, "film.mp4")} -map 0:a -ar 48000 -ac 2");
        using (Assert.EnterMultipleScope())
        {
            foreach (var samples in new[] { Samples(Path.Combine(job, "mix.wav"), 2), Samples(bench["heard.wav"], 2) })
            {
                foreach (var second in new[] { 0.1, 2.5, 4.8 })
                    Assert.That(Peak(samples, second, second + 0.1), Is.GreaterThan(0.2), $"at {second}");
            }

            Assert.That(Directory.GetFiles(job).Select(Path.GetFileName), Is.EquivalentTo(new[] { "mix.wav", "film.mp4" }));
        }
    }

    [Test]
    [Platform("Linux")]
    public async Task A_disk_without_room_is_no_fault_of_a_source()
    {
        var tone = bench.Make("tone.wav", "-f lavfi -i sine=d=1:r=48000");
        bench.Fill("mix.wav");
        await Assert.ThatAsync(() => MixAsync(1, new SoundTrack(tone, "wav", 0, 1, 0, 0, 1)), Throws.TypeOf<IOException>().With.Property("HResult").EqualTo(28));
    }

    [Test]
    public async Task No_track_is_silence_of_the_length() =>
        Assert.That(await MixAsync(0.7), Has.Length.EqualTo((int)(0.7 * Rate)).And.All.Zero);

    [TestCase(OutputFormat.Mp4)]
    [TestCase(OutputFormat.Webm)]
    public async Task Sound_and_picture_are_less_than_20_ms_apart(OutputFormat container)
    {
        // A click and a flash, both at one second.
        var click = bench.Make("click.wav", "-f lavfi -i aevalsrc=0.8*between(t\\,0\\,0.05)|0.8*between(t\\,0\\,0.05):d=0.5:s=48000");
        var mix = new SoundMix([new(click, "wav", 0, 2, Start: 1, InPoint: 0, OutPoint: 0.5)], 2);
        using (var picture = new PixelBuffer(64, 64))
        {
            await using var writer = await VideoWriter.OpenAsync(bench.Tool, new(container, 64, 64, new(50), Sound: mix), bench["a"]);
            for (var i = 0; i < 100; i++)
            {
                picture.Bytes.Fill((byte)(i >= 50 ? 255 : 0));
                await writer.WriteAsync(picture, default);
            }
            await writer.FinishAsync(default);
        }
        bench.Make("heard.wav", $"-i {bench["a"]} -map 0:a -ar 48000 -ac 1 -af aresample=async=1:first_pts=0");
        var samples = Samples(bench["heard.wav"], 1);
        var heard = Array.FindIndex(samples, sample => Math.Abs(sample) > 0.2) / (double)Rate;
        var facts = await new MediaProbe(bench.Tool).ProbeAsync(bench["a"], default);
        await using var reader = await VideoReader.OpenAsync(bench.Tool, bench["a"], facts, new(new(1000)));
        using var frame = new PixelBuffer(64, 64);
        var seen = 0;
        while (await reader.ReadAsync(frame, default) && frame.Bytes[0] < 128)
            seen++;
        Assert.That(heard, Is.EqualTo(seen / 1000.0).Within(0.02));
        Assert.That(heard, Is.EqualTo(1).Within(0.02));
    }

    async Task<double[]> MixAsync(double length, params SoundTrack[] tracks)
    {
        await new SoundMixer(bench.Tool).MixAsync(new(tracks, length), bench["mix.wav"], default);
        return Samples(bench["mix.wav"], 2);
    }

    /// <summary>The left side.</summary>
    static double[] Samples(string path, int channels)
    {
        var bytes = File.ReadAllBytes(path);
        var data = bytes.AsSpan(bytes.AsSpan().IndexOf("data"u8) + 8);
        var samples = new double[data.Length / (2 * channels)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(data[(i * 2 * channels)..]) / 32768.0;
        return samples;
    }

    static double Peak(double[] samples, double from, double to) =>
        samples.AsSpan((int)(from * Rate)..(int)(to * Rate)).ToArray().Max(Math.Abs);
}
