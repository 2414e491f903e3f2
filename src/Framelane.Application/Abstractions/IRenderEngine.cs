using Framelane.Application.Renders.Scenes;

namespace Framelane.Application.Abstractions;

/// <summary>Renders a scene whose sources lie on this machine. The same scene twice gives the same frames.</summary>
public interface IRenderEngine
{
    /// <summary>Renders into the job's folder, and leaves nothing running, whatever happens.</summary>
    /// <exception cref="MediaException">A source cannot be used, or a limit was reached.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; every process of it has ended.</exception>
    Task<RenderOutput> RenderAsync(RenderOrder order, IProgress<RenderProgress> progress, CancellationToken cancellationToken);

    /// <summary>Names all besides the order that decides about the output: its own build, its programs and fonts. Equal names, equal files.</summary>
    Task<string> VersionAsync(CancellationToken cancellationToken);
}

/// <param name="Scene">A scene that was found valid.</param>
/// <param name="Sources">The file of each URL that the scene names.</param>
/// <param name="Folder">A folder of the job's own, for all that is written.</param>
/// <param name="Watermark">The plan's watermark; null where it has none.</param>
/// <param name="Limits">What it may use at most.</param>
public sealed record RenderOrder(
    CreateRenderRequest Scene,
    IReadOnlyDictionary<string, string> Sources,
    string Folder,
    string? Watermark,
    RenderLimits Limits)
{
    /// <summary>Of files that were probed before, and are as they were then, what was kept of it: see <see cref="MediaFacts.Kept"/>.</summary>
    public IReadOnlyDictionary<string, string> Probed { get; init; } = new Dictionary<string, string>();

    /// <summary>Files of the workspace's fonts that the scene's texts name, in a folder that can be written to; of two alike the first counts.</summary>
    public IReadOnlyList<string> Fonts { get; init; } = [];

    /// <summary>In place of the scene's one frame, a sheet of several. The scene's output is then a png.</summary>
    public ContactSheet? Sheet { get; init; }
}

/// <summary>Frames side by side in reading order, each at the middle of an equal share of the scene's time, and as large as the canvas.</summary>
/// <param name="Columns">From 1.</param>
/// <param name="Rows">From 1.</param>
public sealed record ContactSheet(int Columns, int Rows);

/// <param name="OutputDuration">The longest output, of what is no still.</param>
/// <param name="OutputBytes">The largest output file.</param>
/// <param name="PictureBytes">What the decoded pictures of its sources may take in memory at one instant.</param>
/// <param name="Videos">How many videos may be decoded at one instant: each by a program of its own, with memory that <paramref name="PictureBytes"/> does not count.</param>
public sealed record RenderLimits(TimeSpan OutputDuration, long OutputBytes, long PictureBytes = 2L << 30, int Videos = 64);

/// <param name="Stage">What it is doing.</param>
/// <param name="Percent">0 to 100, of all the engine's work.</param>
public readonly record struct RenderProgress(RenderStage Stage, double Percent);

public enum RenderStage
{
    Compositing,
    Encoding,
}

/// <param name="Path">The file, in the order's folder.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="Duration">Seconds; null for a still picture.</param>
/// <param name="Warnings">What was not as it was asked for, a sentence each.</param>
public sealed record RenderOutput(string Path, string ContentType, int Width, int Height, double? Duration, long SizeBytes, IReadOnlyList<string> Warnings)
{
    /// <summary>Seconds that the scene lasts, also where the output is a still of it.</summary>
    public double SceneDuration { get; init; }
}
