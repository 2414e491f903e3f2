namespace Framelane.Domain.Deliveries;

/// <summary>Where the delivery of one event to one endpoint stands. The numbers are stored.</summary>
public enum DeliveryState
{
    /// <summary>An attempt is scheduled or running.</summary>
    Pending = 0,

    Succeeded = 1,

    /// <summary>Its attempts are used up, or the receiver answered 410, or it was one shot and failed.</summary>
    DeadLettered = 2,

    /// <summary>Dead without its last scheduled attempt having been made, because the endpoint is disabled.</summary>
    EndpointDisabled = 3,

    /// <summary>Its webhook was deleted.</summary>
    Cancelled = 4,
}
