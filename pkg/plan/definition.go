package plan

func (p *Plan) define() {}
