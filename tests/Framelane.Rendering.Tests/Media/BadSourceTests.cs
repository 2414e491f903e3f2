using System.Net;
using System.Net.Sockets;
using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Tests.Media;

public sealed class BadSourceTests
{
    readonly Workbench bench = new();

    [TearDown]
    public void Delete() => bench.Dispose();

    [Test]
    public Task One_that_is_not_there() => Refused(bench["none.mp4"], MediaErrorCodes.SourceNotFound);

    [Test]
    public async Task A_pipe_that_never_ends()
    {
        bench.Run("mkfifo", [bench["endless.mp4"]], null);
        await Refused(bench["endless.mp4"], MediaErrorCodes.InvalidSource);
    }

    [TestCase("<!doctype html><html><body>Not found</body></html>")]
    [TestCase("")]
    public Task A_page_or_nothing(string text) => Refused(bench.Write("page.mp4", Encoding.UTF8.GetBytes(text)), MediaErrorCodes.InvalidSource);

    [TestCase("a.mp4", "-f lavfi -i testsrc=d=3:s=320x240 -pix_fmt yuv420p")]
    [TestCase("a.mp4", "-f lavfi -i testsrc=d=3:s=320x240 -pix_fmt yuv420p -movflags +faststart")]
    [TestCase("a.webm", "-f lavfi -i testsrc=d=3:s=320x240 -pix_fmt yuv420p -c:v libvpx -b:v 2M -deadline realtime")]
    [TestCase("a.png", "-f lavfi -i testsrc=s=320x240 -frames:v 1")]
    [TestCase("a.jpg", "-f lavfi -i testsrc=s=320x240 -frames:v 1")]
    [TestCase("a.webp", "-f lavfi -i testsrc=s=320x240 -frames:v 1")]
    [TestCase("a.gif", "-f lavfi -i testsrc=s=320x240 -frames:v 1")]
    [TestCase("a.tiff", "-f lavfi -i testsrc=s=320x240 -frames:v 1")]
    public async Task A_truncated_one(string name, string arguments)
    {
        var whole = File.ReadAllBytes(bench.Make(name, arguments));
        await new MediaProbe(bench.Tool).ProbeAsync(bench[name], default);
        await Refused(bench.Write("cut-" + name, whole[..(whole.Length * 6 / 10)]), MediaErrorCodes.InvalidSource);
    }

    [Test]
    public async Task One_without_video_and_a_still_that_is_named_a_video()
    {
        var song = await new MediaProbe(bench.Tool).ProbeAsync(bench.Make("song.mp4", "-f lavfi -i sine=d=1 -c:a aac"), default);
        bench.Make("still.png", "-f lavfi -i testsrc=s=32x32 -frames:v 1");
        File.Move(bench["still.png"], bench["still.mp4"]);
        var still = await new MediaProbe(bench.Tool).ProbeAsync(bench["still.mp4"], default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => song.Expect(SourceKind.Video, "element 'a'"), Throws.TypeOf<MediaException>().With.Message.Contains("element 'a' has no video"));
            Assert.That(() => still.Expect(SourceKind.Video, "element 'a'"), Throws.TypeOf<MediaException>().With.Message.Contains("still image"));
            Assert.That(() => still.Expect(SourceKind.Audio, "element 'a'"), Throws.TypeOf<MediaException>().With.Message.Contains("no sound"));
            Assert.That(song.Expect(SourceKind.Audio, "a"), Is.SameAs(song));
            Assert.That(still.Expect(SourceKind.Image, "a"), Is.SameAs(still));
        }
    }

    [TestCase(20_000, 20_000)]
    [TestCase(20_000, 10)]
    [TestCase(16_000, 16_000)]
    public Task A_small_png_that_is_a_huge_picture(int width, int height) =>
        Refused(bench.Write("bomb.png", Png.Empty(width, height)), MediaErrorCodes.SourceTooLarge);

    [Test]
    public Task A_video_with_sides_of_20_000_pixels() =>
        Refused(bench.Make("wide.mov", "-f lavfi -i color=s=20000x16 -frames:v 1 -c:v png"), MediaErrorCodes.SourceTooLarge);

    [Test]
    public async Task A_video_whose_second_frame_is_a_huge_picture()
    {
        bench.Make("grows.mov", "-f image2pipe -c:v png -i - -map 0 -c copy", [.. Png.Empty(64, 64), .. Png.Empty(16_000, 16_000), .. Png.Empty(64, 64)]);
        var facts = await new MediaProbe(bench.Tool).ProbeAsync(bench["grows.mov"], default);
        await using var reader = await VideoReader.OpenAsync(bench.Tool, bench["grows.mov"], facts, new(new(25)));
        while (await reader.NextAsync(default))
            continue;
        Assert.That(await reader.IsFlawlessAsync(), Is.False, "it was decoded");
    }

    [TestCase("hls", MediaErrorCodes.InvalidSource)]
    [TestCase("concat", MediaErrorCodes.InvalidSource)]
    [TestCase("svg", MediaErrorCodes.InvalidSource)]
    [TestCase("mov", MediaErrorCodes.SourceNotAllowed)]
    [TestCase("mov-url", MediaErrorCodes.SourceNotAllowed)]
    public async Task One_that_is_named_mp4_and_refers_to_a_file_and_a_port(string kind, string code)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/x.ts";
        var canary = bench.Make("canary.mov", "-f lavfi -i testsrc=d=1:s=64x64 -c:v rawvideo -pix_fmt yuv420p");
        var source = bench.Write(kind + ".mp4", kind switch
        {
            "hls" => Encoding.UTF8.GetBytes($"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{canary}\n#EXTINF:1,\n{url}\n#EXT-X-ENDLIST\n"),
            "concat" => Encoding.UTF8.GetBytes($"ffconcat version 1.0\nfile '{canary}'\nfile '{url}'\n"),
            "svg" => Encoding.UTF8.GetBytes($"""<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{canary}"/><image href="{url}"/></svg>"""),
            _ => ExternalReference.In(File.ReadAllBytes(canary), "canary.mov", kind == "mov" ? canary : url),
        });
        File.SetLastAccessTimeUtc(canary, DateTime.UnixEpoch);
        foreach (var tool in new[] { bench.Tool, new MediaTool(new() { Sandbox = false }) })
            await Refused(source, code, tool);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(listener.Pending(), Is.False);
            Assert.That(File.GetLastAccessTimeUtc(canary), Is.EqualTo(DateTime.UnixEpoch), "it was read");
        }
        await File.ReadAllBytesAsync(canary);
        Assume.That(File.GetLastAccessTimeUtc(canary), Is.Not.EqualTo(DateTime.UnixEpoch), "this file system tells when a file was read");
    }

    [Test]
    public async Task What_named_a_port_would_not_be_let_to_it_even_if_it_were_taken_for_a_source()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var source = bench.Write("list.mp4", Encoding.UTF8.GetBytes($"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://{listener.LocalEndpoint}/x.ts\n#EXT-X-ENDLIST\n"));
        var answer = await new MediaTool(new() { Sandbox = false }).RunAsync(new("ffprobe", [.. SourceArguments.Of("hls", source)], [source]), TimeSpan.FromSeconds(20), default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Errors, Does.Contain("'http' not on whitelist 'file,pipe'"), "by ffmpeg's own list others would be let in");
            Assert.That(listener.Pending(), Is.False);
        }
    }

    async Task Refused(string path, string code, MediaTool? tool = null)
    {
        var failure = await Assert.ThrowsAsync<MediaException>(() => new MediaProbe(tool ?? bench.Tool).ProbeAsync(path, default));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure!.Code, Is.EqualTo(code), failure.Message);
            Assert.That(failure.Message, Does.Not.Contain(bench.Folder.Name).And.Not.Contains("/").And.Not.Contains("ff"));
        }
    }
}
