namespace Framelane.Domain.Jobs;

/// <summary>What a job made.</summary>
/// <param name="Key">Where it lies in storage.</param>
/// <param name="Filename">The download's name, with extension.</param>
/// <param name="Width">Pixels; null where it is no picture.</param>
/// <param name="Height">Pixels; null where it is no picture.</param>
/// <param name="Duration">Seconds; null for a still picture.</param>
public sealed record JobOutput(string Key, string Filename, string ContentType, int? Width, int? Height, double? Duration, long SizeBytes);

/// <summary>Why a job failed.</summary>
/// <param name="Code">One of contract/api.md's codes of a failed job.</param>
/// <param name="Message">A sentence for its owner: no path, no argument of a program.</param>
public sealed record JobError(string Code, string Message);
