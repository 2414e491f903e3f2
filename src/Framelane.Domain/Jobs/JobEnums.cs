namespace Framelane.Domain.Jobs;

public enum JobKind
{
    Render,
    Task,
}

public enum TaskType
{
    RemoveBackground,
    GazeRedirect,
    SuperResolution,
    Transcribe,
}

/// <summary>How far a job is. The last three are terminal: a job never leaves them.</summary>
public enum JobStatus
{
    /// <summary>External sources are being copied into storage.</summary>
    Ingesting,
    Queued,
    Processing,
    Completed,
    Failed,
    Cancelled,
}

/// <summary>What a job that is being processed does.</summary>
public enum JobStage
{
    Downloading,
    Compositing,
    Encoding,
    Uploading,
}
