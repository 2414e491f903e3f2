using Framelane.Application.Common;
using WireFault = Framelane.Api.Wire.ValidationError;

namespace Framelane.Api.Conventions.Validation;

/// <summary>Faults as answers show them.</summary>
static class FaultView
{
    /// <summary>Sorted by place.</summary>
    public static IReadOnlyList<WireFault> Of(IEnumerable<ValidationFault> faults) => [.. faults.OrderBy(fault => fault.Loc, PlaceOrder.Instance).Select(Of)];

    public static WireFault Of(ValidationFault fault) => new()
    {
        Loc = fault.Loc,
        Msg = fault.Message,
        Type = fault.Type,
        Input = InputView.Of(fault.Loc, fault.Input),
        Ctx = fault.Context is { Count: > 0 } ? fault.Context : null,
    };
}
