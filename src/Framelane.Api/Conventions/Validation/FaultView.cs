using Framelane.Application.Common;
using WireFault = Framelane.Api.Wire.ValidationError;

namespace Framelane.Api.Conventions.Validation;

/// <summary>A fault as the answer shows it.</summary>
static class FaultView
{
    public static WireFault Of(ValidationFault fault) => new()
    {
        Loc = fault.Loc,
        Msg = fault.Message,
        Type = fault.Type,
        Input = InputView.Of(fault.Loc, fault.Input),
        Ctx = fault.Context is { Count: > 0 } ? fault.Context : null,
    };
}
