using Framelane.Application.Common;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Application.Renders.Create;

/// <summary>The scene as a whole: canvas, length, format.</summary>
sealed class CanvasRules(SceneFaults faults, FramelaneLimits limits)
{
    const int MaxMetadataKey = 40;

    const int MaxMetadataValue = 500;

    const int MaxFilename = 200;

    /// <summary>H.264 level 6.2: macroblocks of 16 × 16 pixels a frame.</summary>
    const int MaxMacroblocks = 139_264;

    public void Check(CreateRenderRequest scene)
    {
        faults.Ranges(scene);
        if (scene.Width.HasValue != scene.Height.HasValue)
            faults.Add(scene.Width.HasValue ? nameof(scene.Height) : nameof(scene.Width), "missing", "width and height are given together, or neither is.");
        faults.Length(nameof(scene.OutputFilename), scene.OutputFilename, MaxFilename);
        faults.Color(nameof(scene.BackgroundColor), scene.BackgroundColor);
        faults.Url(nameof(scene.BackgroundImageUrl), scene.BackgroundImageUrl);
        CheckFormat(scene);
        CheckLength(scene);
        CheckFrame(scene);
        CheckMetadata(scene);
    }

    void CheckFormat(CreateRenderRequest scene)
    {
        var format = WireNames.Of(scene.OutputFormat);
        faults.Known(nameof(scene.OutputFormat), format, faults.Catalogue.OutputFormats, "an output format");
        if (scene.Alpha && scene.OutputFormat is not OutputFormat.Webm and not OutputFormat.Mov)
            faults.Add(nameof(scene.Alpha), "alpha_not_supported", $"{format} has no alpha; webm and mov have, and a png is as transparent as its background_color.", true);
        if (scene is { Width: { } width, Height: { } height }
            && (scene.OutputFormat == OutputFormat.Mp4 || scene is { OutputFormat: OutputFormat.Mov, Alpha: false })
            && (long)((width + 15) / 16) * ((height + 15) / 16) > MaxMacroblocks)
            faults.Add(nameof(scene.Width), "out_of_range", $"H.264 ends at level 6.2, {MaxMacroblocks} macroblocks of 16 × 16 pixels a frame.", width);
    }

    void CheckLength(CreateRenderRequest scene)
    {
        if (!IsStill(scene) && SceneTimes.TooLong(scene) is { } end)
            faults.TooLong(nameof(scene.Duration), end, CreateRenderRequest.MaxSeconds);
    }

    /// <summary>Of what is no still it is not read. A scene that has no length has its fault already.</summary>
    void CheckFrame(CreateRenderRequest scene)
    {
        if (IsStill(scene) && scene.FrameAt is { } at && SceneTimes.EndOf(scene) is > 0 and var end && SceneTimes.Snap(at) > end)
            faults.AfterTheEnd(nameof(scene.FrameAt), at, end);
    }

    static bool IsStill(CreateRenderRequest scene) => scene.OutputFormat is OutputFormat.Png or OutputFormat.Jpg;

    void CheckMetadata(CreateRenderRequest scene)
    {
        faults.Count(nameof(scene.Metadata), scene.Metadata?.Count ?? 0, limits.MetadataEntries);
        foreach (var (key, value) in (scene.Metadata ?? new Dictionary<string, string>()).Take(limits.MetadataEntries))
        {
            var place = $"{nameof(scene.Metadata)}[{PathKey.Quote(key)}]";
            if (key.Length is 0 or > MaxMetadataKey)
                faults.Add(nameof(scene.Metadata), "too_long", $"Keys have 1 to {MaxMetadataKey} characters.", key);
            else
                faults.Length(place, value, MaxMetadataValue);
        }
    }
}
