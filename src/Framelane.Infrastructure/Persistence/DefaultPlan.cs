using Framelane.Application.Abstractions;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Configuration;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Persistence;

sealed class DefaultPlan(IOptions<FramelaneOptions> options) : IDefaultPlan
{
    public Plan Plan => options.Value.DefaultPlan;
}
