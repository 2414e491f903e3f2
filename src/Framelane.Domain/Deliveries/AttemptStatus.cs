namespace Framelane.Domain.Deliveries;

/// <summary>How one attempt stands, as the API tells it.</summary>
/// <remarks>The numbers are stored.</remarks>
public enum AttemptStatus
{
    /// <summary>Scheduled or running.</summary>
    Pending = 0,

    Succeeded = 1,

    /// <summary>Failed; another attempt follows.</summary>
    Failed = 2,

    /// <summary>Failed, or never made; none follows.</summary>
    DeadLettered = 3,
}
