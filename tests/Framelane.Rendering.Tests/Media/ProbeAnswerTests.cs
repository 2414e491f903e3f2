using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Tests.Media;

/// <summary>Answers of ffprobe 5.1, shortened to what is read of them.</summary>
public sealed class ProbeAnswerTests
{
    [Test]
    public void A_phone_video_held_upright()
    {
        var facts = Parse("mov", """
            {"index":0,"codec_name":"hevc","codec_type":"video","width":1920,"height":1080,"sample_aspect_ratio":"1:1","pix_fmt":"yuv420p10le",
             "color_space":"bt2020nc","color_transfer":"arib-std-b67","color_primaries":"bt2020","avg_frame_rate":"30000/1001","duration":"2.002000",
             "disposition":{"attached_pic":0},"side_data_list":[{"side_data_type":"DOVI configuration record"},{"side_data_type":"Display Matrix","rotation":-90}]},
            {"index":1,"codec_name":"aac","codec_type":"audio","sample_rate":"44100","channels":6,"start_time":"0.5","duration":"2.01"}
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.Picture, Is.EqualTo(new PictureFacts(0, "hevc", 1080, 1920, 30000 / 1001.0, HasAlpha: false, IsHdr: true)
            {
                Pixels = 1920 * 1080, PixelFormat = "yuv420p10le", Matrix = "bt2020nc", Transfer = "arib-std-b67",
            }));
            Assert.That(facts.Sound, Is.EqualTo(new SoundFacts(1, "aac", 6, 44_100) { Duration = 2.51 }));
            Assert.That(facts.Duration, Is.EqualTo(2.002));
            Assert.That(facts.IsStill, Is.False);
        }
    }

    [TestCase("-90", true)]
    [TestCase("90", true)]
    [TestCase("-180", false)]
    [TestCase("0", false)]
    public void A_photograph_whose_frame_alone_says_how_it_was_held(string rotation, bool isTall)
    {
        var picture = ProbeAnswer.Parse("jpeg_pipe", Encoding.UTF8.GetBytes($$$"""
            {"frames":[{"side_data_list":[{},{"rotation":{{{rotation}}}}]}],
             "streams":[{"index":0,"codec_name":"mjpeg","codec_type":"video","width":640,"height":480,"pix_fmt":"yuvj420p"}],"format":{}}
            """)).Picture!;
        Assert.That((picture.Width, picture.Height), Is.EqualTo(isTall ? (480, 640) : (640, 480)));
    }

    [Test]
    public void Wide_pixels_make_a_wide_picture() => Assert.That(
        Parse("mov", """{"index":0,"codec_name":"dvvideo","codec_type":"video","width":720,"height":576,"sample_aspect_ratio":"64:45","pix_fmt":"yuv420p"}""").Picture!.Width,
        Is.EqualTo(1024));

    [Test]
    public void Alpha_beside_the_picture_and_a_length_in_a_tag()
    {
        var facts = Parse("matroska", """
            {"index":0,"codec_name":"vp9","codec_type":"video","width":64,"height":64,"pix_fmt":"yuv420p","avg_frame_rate":"25/1",
             "tags":{"alpha_mode":"1","DURATION":"00:01:02.028000000"}}
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.Picture!.HasAlpha);
            Assert.That(facts.Duration, Is.EqualTo(62.028));
            Assert.That(facts.Sound, Is.Null);
        }
    }

    [Test]
    public void A_cover_is_no_video() => Assert.That(
        Parse("mp3", """
            {"index":0,"codec_name":"mp3","codec_type":"audio","sample_rate":"44100","channels":2},
            {"index":1,"codec_name":"png","codec_type":"video","width":9,"height":9,"pix_fmt":"rgb24","disposition":{"attached_pic":1}}
            """).Picture,
        Is.Null);

    [Test]
    public void A_still_has_no_length() => Assert.That(
        Parse("gif", """{"index":0,"codec_name":"gif","codec_type":"video","width":9,"height":9,"pix_fmt":"bgra","duration":"0.10"}""").IsStill);

    [TestCase("""{"index":0,"codec_type":"video","width":9,"height":9}""", MediaErrorCodes.CodecUnsupported)]
    [TestCase("""{"index":0,"codec_name":"png","codec_type":"video","width":0,"height":0}""", MediaErrorCodes.InvalidSource)]
    [TestCase("""{"index":0,"codec_name":"png","codec_type":"video","width":20000,"height":1,"pix_fmt":"gray"}""", MediaErrorCodes.SourceTooLarge)]
    [TestCase("""{"index":0,"codec_name":"mov_text","codec_type":"subtitle"}""", MediaErrorCodes.InvalidSource)]
    [TestCase("", MediaErrorCodes.InvalidSource)]
    public void What_cannot_be_shown(string streams, string code) =>
        Assert.That(Assert.Throws<MediaException>(() => Parse("mov", streams))!.Code, Is.EqualTo(code));

    [TestCase(262_144, "0.3")]
    [TestCase(50_331_648, "50.3")]
    [TestCase(4_000_000, "4")]
    public void What_is_too_large_tells_how_much_may_be(int mostPixels, string megapixels) => Assert.That(
        () => Parse("mov", """{"index":0,"codec_name":"png","codec_type":"video","width":9000,"height":9000,"pix_fmt":"gray"}""", mostPixels),
        Throws.TypeOf<MediaException>().With.Message.EndsWith($" or {megapixels} megapixels."));

    static MediaFacts Parse(string demuxer, string streams, int mostPixels = SourceArguments.MostPixels) =>
        ProbeAnswer.Parse(demuxer, Encoding.UTF8.GetBytes("{\"streams\":[" + streams + "],\"format\":{\"duration\":\"3.5\"}}"), mostPixels);
}
