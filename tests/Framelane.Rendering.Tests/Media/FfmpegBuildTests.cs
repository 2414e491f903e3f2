using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Tests.Media;

public sealed class FfmpegBuildTests
{
    static readonly string Encoders = string.Concat(EncodeArguments.Encoders.Select(encoder => $" V....D {encoder} as its author calls it\n"));

    [TestCase("4.4.2-0ubuntu0.22.04.1", "4.4")]
    [TestCase("n5.0.1", "5.0")]
    [TestCase("3.4", "3.4")]
    public void One_that_is_too_old_is_told_so(string version, string told) =>
        Assert.That(FaultOf(version, Encoders), Is.EqualTo($"ffmpeg is of version {told}; it takes 5.1 or later."));

    [TestCase("5.1.9-0+deb12u1")]
    [TestCase("n7.1")]
    [TestCase("10.0")]
    [TestCase("N-12345-g0123456789")]
    [TestCase("git-2020-06-01-0123456")]
    [TestCase("2024-05-27-git-01c7f68f7a-full_build")]
    public void One_that_is_new_or_of_unknown_age_will_do(string version) => Assert.That(FaultOf(version, Encoders), Is.Null);

    [Test]
    public void What_it_was_built_without_is_named() =>
        Assert.That(FaultOf("7.1", Encoders.Replace(" libx264 ", " libopenh264 ").Replace(" aac ", " ")), Is.EqualTo("ffmpeg was built without libx264, aac."));

    [Test]
    public void Each_encoder_that_is_named_is_asked_for([Values] OutputFormat container, [Values] bool hasAlpha)
    {
        var format = new VideoFormat(container, 192, 32, new(25), hasAlpha, Sound: new([], 1));
        var arguments = EncodeArguments.Of(format, "/a", [], 1).ToArray();
        Assert.That(arguments.Where((_, index) => index > 0 && arguments[index - 1] is "-c:v" or "-c:a"), Is.SubsetOf(EncodeArguments.Encoders));
    }

    [Test]
    public async Task A_program_that_is_too_old_is_missed([Values] bool sandbox)
    {
        using var bench = new Workbench();
        var ffmpeg = bench.Write("ffmpeg", Encoding.ASCII.GetBytes("#!/bin/sh\necho ffmpeg version 4.4.2-0ubuntu0.22.04.1 Copyright >&2\n"));
        bench.Run("chmod", ["+x", ffmpeg], null);
        var tool = new MediaTool(new() { Ffmpeg = ffmpeg, Sandbox = sandbox });
        var expected = new MediaToolsCheck(MediaToolsState.Missing, "ffmpeg is of version 4.4; it takes 5.1 or later.");
        Assert.That(new[] { await tool.CheckAsync(default), await tool.CheckAsync(default) }, Is.All.EqualTo(expected));
    }

    static string? FaultOf(string version, string encoders) =>
        FfmpegBuild.FaultOf(new(0, Encoding.UTF8.GetBytes(encoders), $"ffmpeg version {version} Copyright (c) 2000-2026 the FFmpeg developers\n  built with gcc\n"));
}
