using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Tests.Media;

public sealed class VideoWriterTests
{
    readonly Workbench bench = new();

    [TearDown]
    public void Delete() => bench.Dispose();

    [TestCase(OutputFormat.Mp4, false, "codec_name=h264 profile=High pix_fmt=yuv420p")]
    [TestCase(OutputFormat.Mov, false, "codec_name=h264 profile=High pix_fmt=yuv420p")]
    [TestCase(OutputFormat.Mov, true, "codec_name=prores profile=4444 pix_fmt=yuva444p12le")]
    [TestCase(OutputFormat.Webm, false, "codec_name=vp9 profile=Profile pix_fmt=yuv420p")]
    [TestCase(OutputFormat.Webm, true, "codec_name=vp9 profile=Profile pix_fmt=yuv420p")]
    public async Task A_clip_has_its_frames_rate_length_and_colour(OutputFormat container, bool hasAlpha, string expected)
    {
        var format = new VideoFormat(container, 191, 31, new(30), hasAlpha, RenderQuality.Draft);
        await WriteAsync("a", format, 45);
        var said = bench.Probe("a", "stream=codec_name,profile,pix_fmt,width,height,r_frame_rate,nb_read_frames,color_space,color_transfer,color_primaries,color_range:format=duration");
        using (Assert.EnterMultipleScope())
        {
            foreach (var word in expected.Split(' '))
                Assert.That(said, Does.Contain(word));
            Assert.That(said, Does.Contain((container, hasAlpha) is (OutputFormat.Mov, true) ? "width=191\nheight=31" : "width=192\nheight=32"));
            Assert.That(said, Does.Contain("r_frame_rate=30/1").And.Contains("nb_read_frames=45").And.Contains("duration=1.500"));
            Assert.That(said, Does.Contain("color_space=bt709").And.Contains("color_transfer=bt709").And.Contains("color_primaries=bt709"));
        }
        Assert.That(await NumbersAsync("a", new(30)), Is.EqualTo(Enumerable.Range(0, 45)));
    }

    [TestCase(OutputFormat.Mp4, false, 24, 1)]
    [TestCase(OutputFormat.Webm, false, 25, 1)]
    [TestCase(OutputFormat.Webm, true, 60, 1)]
    [TestCase(OutputFormat.Mov, true, 30000, 1001)]
    public async Task What_is_written_is_read_again_and_the_same_twice(OutputFormat container, bool hasAlpha, int frames, int seconds)
    {
        var format = new VideoFormat(container, 192, 32, new(frames, seconds), hasAlpha);
        await WriteAsync("a", format, 40);
        await WriteAsync("b", format, 40);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await NumbersAsync("a", format.Rate), Is.EqualTo(Enumerable.Range(0, 40)));
            Assert.That(await File.ReadAllBytesAsync(bench["a"]), Is.EqualTo(await File.ReadAllBytesAsync(bench["b"])));
        }
    }

    [Test]
    public async Task A_gif_has_a_palette_of_its_whole_clip_and_loops()
    {
        await WriteAsync("a.gif", new(OutputFormat.Gif, 192, 32, new(25)), 20, number => number < 10 ? ((byte)200, (byte)30, (byte)30) : ((byte)30, (byte)200, (byte)30));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Probe("a.gif", "stream=nb_read_frames:format=duration"), Does.Contain("nb_read_frames=20").And.Contains("duration=0.800"));
            Assert.That((await File.ReadAllBytesAsync(bench["a.gif"])).AsSpan().IndexOf("NETSCAPE2.0"u8), Is.Positive);
            Assert.That(Directory.GetFiles(bench.Folder.FullName), Has.Length.EqualTo(1), "no pass leaves its file");
        }
        bench.Make("last.png", $"-i {bench["a.gif"]} -vf select=eq(n\\,15) -frames:v 1");
        Assert.That(await PixelAsync("last.png"), Is.EqualTo(new[] { 30, 200, 30, 255 }).Within(2));
    }

    [TestCase(OutputFormat.Png, 0)]
    [TestCase(OutputFormat.Jpg, 3)]
    [TestCase(OutputFormat.Mp4, 3)]
    [TestCase(OutputFormat.Webm, 3)]
    public async Task Colours_stay_what_they_are(OutputFormat container, int tolerance)
    {
        await WriteAsync("a", new(container, 67, 45, new(25), Quality: RenderQuality.High), container is OutputFormat.Png or OutputFormat.Jpg ? 1 : 5, _ => (192, 128, 64));
        Assert.That(await PixelAsync("a"), Is.EqualTo(new[] { 192, 128, 64, 255 }).Within(tolerance));
    }

    [Test]
    public async Task Alpha_of_a_png_is_kept_straight()
    {
        using var picture = new PixelBuffer(3, 2);
        for (var i = 0; i < picture.Bytes.Length; i++)
            picture.Bytes[i] = (byte)(i % 4 == 3 ? 128 : 64);
        await using (var writer = await VideoWriter.OpenAsync(bench.Tool, new(OutputFormat.Png, 3, 2, new(25), HasAlpha: true), bench["a"]))
        {
            await writer.WriteAsync(picture, default);
            await writer.FinishAsync(default);
        }
        Assert.That(await PixelAsync("a"), Is.EqualTo(new[] { 64, 64, 64, 128 }).Within(1));
    }

    [TestCase(OutputFormat.Mp4)]
    [TestCase(OutputFormat.Webm)]
    [TestCase(OutputFormat.Gif)]
    public async Task One_that_grows_too_large_says_so_and_leaves_no_file(OutputFormat container)
    {
        using var picture = new PixelBuffer(192, 32);
        Random.Shared.NextBytes(picture.Bytes);
        await using (var writer = await VideoWriter.OpenAsync(bench.Tool, new(container, 192, 32, new(25)) { LargestFile = 1000 }, bench["a"]))
        {
            await writer.WriteAsync(picture, default);
            Assert.That(() => writer.FinishAsync(default), Throws.TypeOf<MediaException>()
                .With.Property("Code").EqualTo(MediaErrorCodes.SourceTooLarge).And.Message.EqualTo("The output would be larger than 1000 bytes."));
        }
        Assert.That(Directory.GetFiles(bench.Folder.FullName), Is.Empty);
    }

    [TestCase(OutputFormat.Mp4, "a.gif")]
    [TestCase(OutputFormat.Webm, "a.gif")]
    [TestCase(OutputFormat.Png, "a.gif")]
    [TestCase(OutputFormat.Gif, "a.gif.mkv")]
    [TestCase(OutputFormat.Gif, "a.gif.palette.png")]
    [TestCase(OutputFormat.Gif, "a.gif")]
    [Platform("Linux")]
    public async Task One_for_which_the_disk_has_no_room_is_told_from_one_that_cannot_be_encoded(OutputFormat container, string file)
    {
        bench.Fill(file);
        using var picture = new PixelBuffer(192, 32);
        Random.Shared.NextBytes(picture.Bytes);
        await using var writer = await VideoWriter.OpenAsync(bench.Tool, new(container, 192, 32, new(25)), bench["a.gif"]);
        await writer.WriteAsync(picture, default);
        await Assert.ThatAsync(() => writer.FinishAsync(default), Throws.TypeOf<IOException>().With.Property("HResult").EqualTo(28));
    }

    [Test]
    [Platform("Linux")]
    public async Task A_disk_that_fills_while_frames_come_is_told_from_one_that_cannot_be_encoded()
    {
        bench.Fill("a");
        using var picture = new PixelBuffer(640, 360);
        await using var writer = await VideoWriter.OpenAsync(bench.Tool, new(OutputFormat.Mov, 640, 360, new(25), HasAlpha: true), bench["a"]);
        await Assert.ThatAsync(
            async () =>
            {
                while (true)
                {
                    Random.Shared.NextBytes(picture.Bytes);
                    await writer.WriteAsync(picture, default);
                }
            },
            Throws.TypeOf<IOException>().With.Property("HResult").EqualTo(28));
    }

    [Test]
    public async Task One_that_is_not_finished_leaves_no_file()
    {
        using var picture = new PixelBuffer(192, 32);
        await using (var writer = await VideoWriter.OpenAsync(bench.Tool, new(OutputFormat.Mp4, 192, 32, new(25)), bench["a.mp4"]))
            await writer.WriteAsync(picture, default);
        Assert.That(Directory.GetFiles(bench.Folder.FullName), Is.Empty);
    }

    [TestCase(OutputFormat.Mp4, "aac")]
    [TestCase(OutputFormat.Webm, "opus")]
    public async Task Sound_is_muxed_in(OutputFormat container, string codec)
    {
        var sound = bench.Make("s.wav", "-f lavfi -i sine=d=2:r=44100 -ac 1");
        await WriteAsync("a", new(container, 192, 32, new(25), Sound: new([new(sound, "wav", 0, 1, Start: 0, InPoint: 0, OutPoint: 2)], 2)), 50);
        Assert.That(bench.Probe("a", "stream=codec_name,sample_rate,channels"), Does.Contain($"codec_name={codec}\nsample_rate=48000\nchannels=2"));
    }

    async Task WriteAsync(string name, VideoFormat format, int count, Func<int, (byte Blue, byte Green, byte Red)>? colour = null)
    {
        using var picture = new PixelBuffer(format.Width, format.Height);
        await using var writer = await VideoWriter.OpenAsync(bench.Tool, format, bench[name]);
        for (var number = 0; number < count; number++)
        {
            BarCode.Draw(number, picture);
            if (colour?.Invoke(number) is var (blue, green, red))
            {
                for (var i = 0; i < picture.Bytes.Length; i++)
                    picture.Bytes[i] = (i % 4) switch { 0 => blue, 1 => green, 2 => red, _ => 255 };
            }
            await writer.WriteAsync(picture, default);
        }
        await writer.FinishAsync(default);
    }

    async Task<int[]> NumbersAsync(string name, FrameRate rate)
    {
        await using var reader = await OpenAsync(name, rate);
        using var frame = new PixelBuffer(reader.Width, reader.Height);
        var numbers = new List<int>();
        while (await reader.ReadAsync(frame, default))
            numbers.Add(BarCode.Read(frame));
        return [.. numbers];
    }

    async Task<int[]> PixelAsync(string name)
    {
        await using var reader = await OpenAsync(name, new(25));
        using var frame = new PixelBuffer(reader.Width, reader.Height);
        await reader.ReadAsync(frame, default);
        return [.. frame.Row(1).Slice(4, 4).ToArray().Select(one => (int)one)];
    }

    async Task<VideoReader> OpenAsync(string name, FrameRate rate) =>
        await VideoReader.OpenAsync(bench.Tool, bench[name], await new MediaProbe(bench.Tool).ProbeAsync(bench[name], default), new(rate));
}
