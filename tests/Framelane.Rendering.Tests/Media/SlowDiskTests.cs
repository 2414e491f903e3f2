using Framelane.Rendering.Media;

namespace Framelane.Rendering.Tests.Media;

public sealed class SlowDiskTests
{
    /// <summary>Says of any file that it has a picture and nothing of its length, and takes a second to read packets.</summary>
    const string Slow = """
        #!/bin/sh
        case "$*" in
          *packet=*) sleep 1; echo 0.000000,12.500000 ;;
          *) echo '{"streams":[{"index":0,"codec_type":"video","codec_name":"vp8","width":16,"height":16,"pix_fmt":"yuv420p","avg_frame_rate":"25/1","r_frame_rate":"25/1"}],"format":{}}' ;;
        esac
        """;

    [Test]
    public async Task A_large_file_that_does_not_say_how_long_it_lasts_has_the_time_to_be_read_to_its_end()
    {
        using var bench = new Workbench();
        var ffprobe = bench.Write("ffprobe", System.Text.Encoding.ASCII.GetBytes(Slow));
        bench.Run("chmod", ["+x", ffprobe], null);
        var recording = bench.Make("recording.webm", "-f lavfi -i color=gray:s=16x16:d=1 -c:v libvpx -live 1 -f webm");
        await using (var file = File.OpenWrite(recording))
            file.SetLength(100_000_000);

        var probe = new MediaProbe(new(new() { Ffprobe = ffprobe, Sandbox = false, ProbeTimeout = TimeSpan.FromMilliseconds(500) }));
        Assert.That((await probe.ReadFactsAsync(recording, int.MaxValue, default)).Duration, Is.EqualTo(12.5));
    }
}
